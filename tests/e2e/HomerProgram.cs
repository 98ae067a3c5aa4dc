using System.Diagnostics;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>The real program for one command that ends by itself.</summary>
static class HomerProgram
{
    /// <returns>How it ended, and all that it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation) + await errors;
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, output);
    }

    /// <summary>Runs it for no longer than so much, then ends it as <c>kill -9</c> does.</summary>
    public static async Task KillAsync(TimeSpan after, CancellationToken cancellation, params string[] arguments)
    {
        using Process process = Start(arguments);
        await Task.Delay(after, TimeProvider.System, cancellation);
        process.Kill();
        await process.WaitForExitAsync(cancellation);
    }

    static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Repository.Server, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
