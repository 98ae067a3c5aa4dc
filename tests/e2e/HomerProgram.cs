using System.Diagnostics;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>The real program for one command that ends by itself.</summary>
static class HomerProgram
{
    /// <returns>How it ended, and all that it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Server, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation) + await errors;
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, output);
    }
}
