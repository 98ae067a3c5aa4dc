namespace Homer.Search.Ingest;

/// <summary>What one peer may take of a stream listener.</summary>
public sealed record StreamLimits
{
    /// <summary>Connections open at once on one address; a further one is closed at once and counted. One that is idle holds no buffer.</summary>
    public int Connections { get; init; } = 16_384;

    /// <summary>A connection on which nothing came for so long is closed; agents may be silent for hours.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A packet that was begun has to be whole by then, and a TLS handshake done: a peer that dribbles holds a buffer.</summary>
    public TimeSpan Frame { get; init; } = TimeSpan.FromSeconds(30);
}
