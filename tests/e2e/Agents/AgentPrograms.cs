using System.Diagnostics;

namespace Homer.Search.Tests.EndToEnd.Agents;

/// <summary>
/// Tests with real agents need programs of Debian. They run with <c>HOMER_TEST_AGENTS=1</c>; then a missing program is a failure.
/// Without it they are left out, and the summary of the run says so.
/// </summary>
static class AgentPrograms
{
    public const string LeftOut = "Left out: needs other programs; set HOMER_TEST_AGENTS=1 and install the Debian packages of .ci/run.";

    public static bool AreOn => Environment.GetEnvironmentVariable("HOMER_TEST_AGENTS") == "1";

    /// <summary>Starts a program and keeps what it says in a file for the failure message.</summary>
    public static Process Start(string program, string workFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["TERM"] = "xterm";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException($"{program} is not installed, and HOMER_TEST_AGENTS=1 asks for it: {missing.Message}", missing);
        }

        string log = Path.Combine(workFolder, $"{Path.GetFileName(program)}-{process.Id}.log");
        _ = CopyAsync(process.StandardOutput, log + ".out");
        _ = CopyAsync(process.StandardError, log + ".err");
        return process;
    }

    static async Task CopyAsync(StreamReader from, string file)
    {
        await using var to = new StreamWriter(file);
        while (await from.ReadLineAsync() is { } line)
            await to.WriteLineAsync(line);
    }
}
