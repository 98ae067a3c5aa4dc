namespace Homer.Search.Tests.EndToEnd;

/// <summary>An engine that only the tests of faults use, so that they may kill it; gone with them.</summary>
public sealed class MortalEngine : IAsyncDisposable
{
    public Engine Engine { get; } = Engine.OfItsOwn("elasticsearch-8", port: 9218);

    public async ValueTask DisposeAsync()
    {
        if (Engine.IsStarted)
            await Engine.RunAsync("wipe", CancellationToken.None);
    }
}
