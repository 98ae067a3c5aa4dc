namespace Homer.Search.Store;

/// <summary>
/// What the way in has done since the process started. Received packets end up stored or dropped with a reason; what is in neither yet waits in
/// the journal. Packets that an earlier process received and this one stored count as stored.
/// </summary>
/// <param name="Received">HEP packets published in the journal.</param>
/// <param name="Stored">Received packets whose documents are durable in the store; one packet may hold several SIP messages.</param>
/// <param name="Dropped">Packets that were well-formed and are nevertheless not stored, by reason.</param>
/// <param name="Rejected">Packets that could not be read as HEP, by reason.</param>
/// <param name="LagMs">Age of the oldest packet that is not in the store yet, in milliseconds; 0 when none waits.</param>
/// <param name="JournalBytes">Octets of the journal that are not in the store yet.</param>
/// <param name="Trouble">Why packets are not being stored right now, in a sentence for people; null while all is well.</param>
/// <param name="Agents">The capture agents heard of, the last heard first; bounded.</param>
public sealed record IngestStatus(
    long Received, long Stored, IReadOnlyList<ReasonCount> Dropped, IReadOnlyList<ReasonCount> Rejected, long LagMs, long JournalBytes,
    string? Trouble, IReadOnlyList<CaptureAgent> Agents)
{
    /// <summary>How many messages each rule of the capture plan met, by its name.</summary>
    public IReadOnlyList<RuleCount> Rules { get; init; } = [];

    /// <summary>Of a process that takes nothing in.</summary>
    public static IngestStatus Idle { get; } = new(0, 0, [], [], 0, 0, null, []);
}

/// <summary>How many packets met one fate.</summary>
/// <param name="Reason">A word of a closed list, e.g. <c>journal_full</c> or <c>NotHep</c>.</param>
public sealed record ReasonCount(string Reason, long Count);

/// <summary>How many messages a rule of the capture plan met.</summary>
public sealed record RuleCount(string Rule, long Count);
