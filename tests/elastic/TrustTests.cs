using System.Security.Cryptography.X509Certificates;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Tests.Elastic;

/// <summary>Who is trusted over TLS, and what a person is told to do when it is not.</summary>
public sealed class TrustTests : IDisposable
{
    readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_certificate_of_the_given_authority_is_trusted() =>
        Assert.Null(await RefusalAsync(_authority.Sign("127.0.0.1", expiresInDays: 10), _authority.File));

    [Fact]
    public Task An_expired_certificate_is_to_be_renewed() =>
        AssertToldAsync(_authority.Sign("127.0.0.1", expiresInDays: -1), _authority.File, "Its certificate has expired or is not valid yet: renew it");

    [Fact]
    public Task A_certificate_for_another_name_is_told_so() =>
        AssertToldAsync(_authority.Sign("search.example.net", expiresInDays: 10), _authority.File, "Its certificate is for another name");

    [Fact]
    public Task Without_its_authority_it_is_asked_for() =>
        AssertToldAsync(_authority.Sign("127.0.0.1", expiresInDays: 10), authority: null, "Give the authority that signed its certificate (--store-ca).");

    [Fact]
    public async Task Another_authority_is_not_taken_for_it()
    {
        using var other = new TestAuthority();
        await AssertToldAsync(_authority.Sign("127.0.0.1", expiresInDays: 10), other.File, "Give the authority that signed its certificate (--store-ca).");
    }

    [Fact]
    public async Task A_plain_address_of_a_server_that_speaks_TLS_is_told_so()
    {
        StoreException? refusal = await RefusalAsync(_authority.Sign("127.0.0.1", expiresInDays: 10), _authority.File, scheme: "http");
        Assert.True(refusal!.IsTransient);
        Assert.Contains("If it speaks TLS, the address begins with https://.", refusal.Message, StringComparison.Ordinal);
    }

    static async Task AssertToldAsync(X509Certificate2 certificate, string? authority, string advice)
    {
        StoreException? refusal = await RefusalAsync(certificate, authority);
        Assert.NotNull(refusal);
        Assert.False(refusal.IsTransient);
        Assert.StartsWith("https://127.0.0.1:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("could not be trusted", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(advice, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>What the client says of a server with this certificate; null when it takes its answer.</summary>
    static async Task<StoreException?> RefusalAsync(X509Certificate2 certificate, string? authority, string scheme = "https")
    {
        await using var server = new TlsServer(certificate);
        var options = new ElasticOptions { Nodes = [new UriBuilder(server.Address) { Scheme = scheme }.Uri], AuthorityFile = authority };
        using var client = new ElasticClient(options, TimeProvider.System);
        try
        {
            (await client.SendAsync(HttpMethod.Get, "", default, TestContext.Current.CancellationToken)).Dispose();
            return null;
        }
        catch (StoreException refusal)
        {
            return refusal;
        }
    }
}
