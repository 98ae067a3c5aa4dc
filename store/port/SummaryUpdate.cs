using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>
/// What one unit of the journal, or a job, adds to a stored summary. The store reads the summary it has, lets <see cref="Merge"/> put both together and
/// writes the result in the old one's place, under the optimistic concurrency it has.
/// </summary>
public abstract class SummaryUpdate
{
    public abstract DocumentKind Kind { get; }

    /// <summary>Identity of the summary: for a call, its Call-ID in UTF-8.</summary>
    public abstract ReadOnlyMemory<byte> Key { get; }

    /// <summary>The namespace to which the capture plan routes its messages; null for the store's own.</summary>
    public virtual string? Namespace => null;

    /// <summary>The earliest message of this update; its day is the summary's home when none is stored yet there or on a neighbouring day.</summary>
    public abstract Instant FirstTime { get; }

    /// <summary>
    /// Adds one row to <paramref name="target"/>: the merge of this update and the stored <c>call.summary</c> (empty when there is none).
    /// False, and no row, when the stored one is to stay: it already has everything, since the journal is being replayed. May be asked again when a write
    /// met a change of another writer.
    /// </summary>
    public abstract bool Merge(ReadOnlySpan<byte> stored, DocumentBatch target);
}
