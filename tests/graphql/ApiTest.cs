namespace Homer.Search.Tests.Api;

/// <summary>A test that asks the API.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    public ApiHost Api { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Api = await ApiHost.StartAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>One host for the tests of a class that change nothing in it.</summary>
public sealed class SharedApi : ApiTest;
