using System.Net;
using Homer.Search.Calls;

namespace Homer.Search.Ingest;

/// <summary>What the way in listens on and how it writes.</summary>
public sealed record IngestOptions
{
    /// <summary>Addresses on which UDP and TCP are taken alike.</summary>
    public IReadOnlyList<IPEndPoint> Listen { get; init; } = [new IPEndPoint(IPAddress.Loopback, 9060)];

    /// <summary>
    /// Octets asked of the kernel for datagrams that wait to be read (SO_RCVBUF). The kernel may grant less, which is logged. It counts its own
    /// bookkeeping too: of 80,000 datagrams of 700 octets a second, 64 MiB bridge more than a second, which a busy machine needs.
    /// </summary>
    public int ReceiveBufferBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Addresses on which TLS is taken; they need <see cref="Tls"/>.</summary>
    public IReadOnlyList<IPEndPoint> ListenTls { get; init; } = [];

    /// <summary>What <see cref="ListenTls"/> shows and asks for.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>Who may send, and what is not wanted.</summary>
    public GateOptions Gate { get; init; } = new();

    /// <summary>What becomes of messages on the way in.</summary>
    public RuleFile<CapturePlan> Plan { get; init; } = new(CapturePlan.None);

    /// <summary>What is added to messages on the way in.</summary>
    public Enrichment Names { get; init; } = Enrichment.None;

    /// <summary>What one peer may take over TCP or TLS.</summary>
    public StreamLimits StreamLimits { get; init; } = new();

    /// <summary>How often documents are made durable in the store: with the store's own time, what a page lags behind.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Documents after which a unit is committed before its time is up; bounds what a crash repeats.</summary>
    public int UnitDocuments { get; init; } = 120_000;

    /// <summary>
    /// How long the summary of a call that goes on may wait for more messages before it is written with the next unit. With that unit's
    /// <see cref="CommitInterval"/>, what a search for calls lags behind.
    /// </summary>
    public TimeSpan HoldCalls { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same while more comes than the store takes at its usual pace: it then spends its time on messages.</summary>
    public TimeSpan HoldCallsBehind { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls held at most, lest they fill the memory.</summary>
    public int HeldCalls { get; init; } = 100_000;

    /// <summary>Capture times further back than this are replaced by the arrival time; null takes every age.</summary>
    public TimeSpan? OldestCapture { get; init; }

    /// <summary>How long the last unit may take when the process is asked to stop; what is not done then is done after the start.</summary>
    public TimeSpan ShutdownLimit { get; init; } = TimeSpan.FromSeconds(10);
}
