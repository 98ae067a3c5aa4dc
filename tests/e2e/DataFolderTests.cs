namespace Homer.Search.Tests.EndToEnd;

/// <summary>One data folder and more than one process.</summary>
public sealed class DataFolderTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ingest,graphql,jobs")]
    [InlineData("ingest")]
    [InlineData("graphql")]
    [InlineData("jobs")]
    public async Task A_second_process_on_the_folder_ends_with_one_line_that_says_by_whom_it_is_used(string roles)
    {
        await using HomerServer first = await HomerServer.StartAsync(Cancellation);

        (int code, string output) = await HomerProgram.RunAsync(
            Cancellation, "run", "--roles", roles, "--data", first.Data, "--hep", $"127.0.0.1:{FreePort.Next()}", "--http", $"127.0.0.1:{FreePort.Next()}");

        Assert.Equal(1, code);
        string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(first.Data, line, StringComparison.Ordinal);
        Assert.Contains($"in use by process {first.ProcessId}", line, StringComparison.Ordinal);
        // Who wants roles apart needs a store that can be shared.
        Assert.Equal(roles != "ingest,graphql,jobs", line.Contains("Elasticsearch", StringComparison.Ordinal));
    }
}
