using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Homer.Search.Ingest;
using Homer.Search.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Ingest;

public sealed class HepTlsTests : IDisposable
{
    readonly JournalFolder _folder = new();
    readonly IngestMeter _meter;
    readonly FakeTimeProvider _clock = new();
    readonly string _files = Directory.CreateTempSubdirectory("homer-tls").FullName;
    readonly X509Certificate2 _authority = Authority("authority");

    public HepTlsTests() => _meter = new IngestMeter(_folder.Journal, TimeProvider.System);

    public void Dispose()
    {
        _authority.Dispose();
        _meter.Dispose();
        _folder.Dispose();
        Directory.Delete(_files, recursive: true);
    }

    [Fact]
    public async Task Packets_come_in_over_TLS_and_say_so()
    {
        WriteServer("one");
        await using Listening listening = await ListenAsync(clients: null);
        using SslStream agent = await listening.ConnectAsync(null, _authority);
        await agent.WriteAsync(SomePackets.Hep(SomePackets.Invite("secure")), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _meter.Received == 1);

        using Journal.JournalReader reader = _folder.Journal.Follow(0);
        Assert.True(reader.TryRead(out Journal.JournalRecord record));
        Assert.Equal(TransportProtocol.Tls, record.Arrival.Transport);
    }

    [Fact]
    public async Task A_certificate_that_changes_is_shown_from_the_next_handshake_on_and_a_bad_one_never()
    {
        WriteServer("one");
        await using Listening listening = await ListenAsync(clients: null);
        using SslStream before = await listening.ConnectAsync(null, _authority);
        Assert.Equal("CN=one", before.RemoteCertificate!.Subject);

        WriteServer("two-with-a-longer-name");
        _clock.Advance(TimeSpan.FromSeconds(2));
        using SslStream after = await listening.ConnectAsync(null, _authority);
        Assert.Equal("CN=two-with-a-longer-name", after.RemoteCertificate!.Subject);

        await File.WriteAllTextAsync(Path.Combine(_files, "server.pem"), "no certificate", TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(2));
        using SslStream kept = await listening.ConnectAsync(null, _authority);
        Assert.Equal("CN=two-with-a-longer-name", kept.RemoteCertificate!.Subject);

        // A connection of before goes on.
        await before.WriteAsync(SomePackets.Hep(SomePackets.Invite("before")), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _meter.Received == 1);
    }

    [Fact]
    public async Task Mutual_TLS_takes_an_agent_of_its_authority_and_no_other()
    {
        WriteServer("one");
        string authority = Path.Combine(_files, "authority.pem");
        await File.WriteAllTextAsync(authority, _authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using Listening listening = await ListenAsync(authority);

        using X509Certificate2 known = Issue(_authority, "agent");
        using (SslStream agent = await listening.ConnectAsync(known, _authority))
        {
            await agent.WriteAsync(SomePackets.Hep(SomePackets.Invite("known")), TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => _meter.Received == 1);
        }

        using X509Certificate2 foreign = Authority("foreign");
        using X509Certificate2 stranger = Issue(foreign, "stranger");
        foreach (X509Certificate2? certificate in new[] { stranger, null })
            await AssertRefusedAsync(listening, certificate);
        Assert.Equal(1, _meter.Received);
    }

    [Fact]
    public async Task Files_that_are_no_certificate_are_named_at_the_start()
    {
        await File.WriteAllTextAsync(Path.Combine(_files, "server.pem"), "no certificate", TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ListenException>(async () => await ListenAsync(clients: null));
        Assert.Contains("server.pem", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--tls-certificate", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>With TLS 1.3 an agent may only learn of it when it reads.</summary>
    static async Task AssertRefusedAsync(Listening listening, X509Certificate2? certificate)
    {
        try
        {
            using SslStream agent = await listening.ConnectAsync(certificate, authority: null);
            await agent.WriteAsync(SomePackets.Hep(SomePackets.Invite("unknown")), TestContext.Current.CancellationToken);
            Assert.Equal(0, await agent.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
    }

    static X509Certificate2 Issue(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 issued = request.Create(authority, now.AddHours(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    void WriteServer(string name)
    {
        using X509Certificate2 certificate = Issue(_authority, name);
        File.WriteAllText(Path.Combine(_files, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_files, "server.key"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    async Task<Listening> ListenAsync(string? clients)
    {
        var tls = new TlsOptions(Path.Combine(_files, "server.pem"), Path.Combine(_files, "server.key"), clients);
        var listener = new StreamListener(
            new IPEndPoint(IPAddress.Loopback, 0), new StreamLimits(), tls, new Gate(new GateOptions(), TimeProvider.System), _folder.Journal, _meter, _clock, NullLogger<StreamListener>.Instance);
        try
        {
            await listener.StartAsync(TestContext.Current.CancellationToken);
            return new Listening(listener);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    sealed class Listening(StreamListener listener) : IAsyncDisposable
    {
        /// <param name="authority">Who must have issued the server's certificate; null takes any.</param>
        public async Task<SslStream> ConnectAsync(X509Certificate2? certificate, X509Certificate2? authority)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(listener.Address, TestContext.Current.CancellationToken);
            var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "homer",
                    ClientCertificates = certificate is null ? null : [certificate],
                    RemoteCertificateValidationCallback = (_, shown, _, _) => authority is null || shown!.Issuer == authority.Subject,
                },
                TestContext.Current.CancellationToken);
            return stream;
        }

        public async ValueTask DisposeAsync()
        {
            await listener.StopAsync(CancellationToken.None);
            listener.Dispose();
        }
    }
}
