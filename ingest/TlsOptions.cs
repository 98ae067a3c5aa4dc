namespace Homer.Search.Ingest;

/// <summary>What a TLS listener shows and asks for. Files are PEM; they are read again when they change, without a restart.</summary>
/// <param name="Certificate">The server's certificate, those that lead to its root behind it.</param>
/// <param name="Key">Its private key; null when that stands in the same file.</param>
/// <param name="Clients">Certificates of authorities, one of which must have issued an agent's (mutual TLS); null takes every agent.</param>
public sealed record TlsOptions(string Certificate, string? Key, string? Clients);
