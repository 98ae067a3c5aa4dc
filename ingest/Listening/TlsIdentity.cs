using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Ingest;

/// <summary>
/// What handshakes are made with: read from the files at the start and again when one of them has changed. Files that cannot be used keep what was read
/// before, and are told of once. Safe for several threads.
/// </summary>
sealed class TlsIdentity
{
    /// <summary>How often the files are looked at, however many handshakes there are.</summary>
    static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);

    readonly TlsOptions _options;
    readonly TimeProvider _clock;
    readonly ILogger _log;
    readonly Lock _gate = new();
    string _version;
    SslServerAuthenticationOptions _current;
    long _lastLook;

    /// <exception cref="ListenException">A file is missing or holds no usable certificate.</exception>
    public TlsIdentity(TlsOptions options, TimeProvider clock, ILogger log)
    {
        (_options, _clock, _log) = (options, clock, log);
        _version = Version();
        _lastLook = clock.GetTimestamp();
        try
        {
            _current = Read();
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ListenException(
                $"Cannot use the certificate {options.Certificate} for HEP over TLS: {unusable.Message} Give PEM files with --tls-certificate, --tls-key and --tls-clients.",
                unusable);
        }
    }

    /// <summary>For the next handshake.</summary>
    public SslServerAuthenticationOptions Current
    {
        get
        {
            lock (_gate)
            {
                if (_clock.GetElapsedTime(_lastLook) >= LookPause)
                {
                    _lastLook = _clock.GetTimestamp();
                    Renew();
                }

                return _current;
            }
        }
    }

    void Renew()
    {
        string version = Version();
        if (version == _version)
            return;
        _version = version;
        try
        {
            _current = Read();
            _log.CertificateRenewed(_options.Certificate);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            _log.CertificateKept(_options.Certificate, unusable.Message);
        }
    }

    /// <summary>Changes with the files.</summary>
    string Version() => string.Join('|', ((string?[])[_options.Certificate, _options.Key, _options.Clients]).OfType<string>()
        .Select(static path => new FileInfo(path)).Select(static file => $"{file.LastWriteTimeUtc.Ticks}:{(file.Exists ? file.Length : -1)}"));

    SslServerAuthenticationOptions Read()
    {
        X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(_options.Certificate, _options.Key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_options.Certificate);
        var handshake = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        if (_options.Clients is null)
            return handshake;

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(_options.Clients);
        if (policy.CustomTrustStore.Count == 0)
            throw new CryptographicException($"{_options.Clients} holds no certificate.");
        handshake.ClientCertificateRequired = true;
        handshake.CertificateChainPolicy = policy;
        return handshake;
    }
}
