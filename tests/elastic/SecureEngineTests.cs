using System.Net.Http.Headers;
using System.Text;
using Homer.Search.Journal;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Tests.Elastic;

/// <summary>A real engine with TLS and a password.</summary>
public sealed class SecureEngineTests(SecureEngine engine) : IClassFixture<SecureEngine>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_its_authority_and_password_it_is_set_up_and_ready()
    {
        ElasticOptions options = await OptionsAsync();

        await ElasticStore.SetUpAsync(options, TimeProvider.System, Cancellation);

        Assert.Empty(await ElasticStore.SetUpAsync(options, TimeProvider.System, Cancellation));
        StoreHealth health = await CheckAsync(options);
        Assert.True(health.IsReady, health.Detail);
    }

    [Fact]
    public async Task A_wrong_password_is_told_so()
    {
        StoreHealth health = await CheckAsync(await OptionsAsync("wrong"));

        Assert.False(health.IsReady);
        Assert.Contains("answered 401", health.Detail, StringComparison.Ordinal);
        Assert.Contains("Check the user and password", health.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", health.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_did_not_sign_its_certificate_is_told_so()
    {
        using var other = new TestAuthority();

        StoreHealth health = await CheckAsync(await OptionsAsync() with { AuthorityFile = other.File });

        Assert.False(health.IsReady);
        Assert.Contains("could not be trusted", health.Detail, StringComparison.Ordinal);
        Assert.Contains("--store-ca", health.Detail, StringComparison.Ordinal);
    }

    static async Task<StoreHealth> CheckAsync(ElasticOptions options)
    {
        await using ElasticStore store = ElasticStore.Open(options, Archive.Open(Path.Combine(Path.GetTempPath(), "homer-no-journal")), TimeProvider.System);
        return await store.CheckAsync(Cancellation);
    }

    async Task<ElasticOptions> OptionsAsync(string? password = null)
    {
        StartedEngine started = await engine.StartedAsync(Cancellation);
        var address = new UriBuilder(started.Address) { UserName = started.User, Password = password ?? started.Password };
        return new ElasticOptions { Nodes = [address.Uri], AuthorityFile = started.Authority };
    }
}

/// <summary>Started for these tests only, gone with them.</summary>
public sealed class SecureEngine : IAsyncDisposable
{
    /// <summary>While it makes the index of its users it lets nobody in, some moments after it is healthy.</summary>
    const int TimesInARow = 10;

    const int MostTimes = 300;

    Task? _settled;

    Engine Engine { get; } = Engine.Secure("elasticsearch-8", port: 9219);

    public async Task<StartedEngine> StartedAsync(CancellationToken cancellation)
    {
        StartedEngine started = await Engine.StartedAsync(cancellation);
        await (_settled ??= SettleAsync(started, cancellation));
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        if (Engine.IsStarted)
            await Engine.RunAsync("wipe", CancellationToken.None);
    }

    static async Task SettleAsync(StartedEngine started, CancellationToken cancellation)
    {
        // Whether its certificate is trusted is what the tests are about.
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var http = new HttpClient(handler) { BaseAddress = started.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{started.User}:{started.Password}")));
        for (int letIn = 0, asked = 0; letIn < TimesInARow; asked++)
        {
            Assert.True(asked < MostTimes, "The engine does not let its user in.");
            using HttpResponseMessage answer = await http.GetAsync(new Uri("/_index_template", UriKind.Relative), cancellation);
            letIn = answer.IsSuccessStatusCode ? letIn + 1 : 0;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
        }
    }
}
