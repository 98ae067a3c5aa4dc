using Homer.Search.Tests.Elastic;

[assembly: AssemblyFixture(typeof(StartedEngines))]

namespace Homer.Search.Tests.Elastic;

/// <summary>The engines of a test run; they are stopped after its last test.</summary>
public sealed class StartedEngines : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await Engine.StopAllAsync();
}
