using Homer.Search.Store;

namespace Homer.Search.Jobs;

/// <summary>
/// What one process may conclude from what it read and wrote of a lease, and when; immutable. All times are those of its own clock, counted from any
/// beginning: only that clocks run equally fast is taken for granted. Who holds the lease stops before anybody else may take it, since it counts the
/// term from before its write, and others from after they have read it.
/// </summary>
/// <param name="Self">How this process is named as a holder; no other has the name.</param>
/// <param name="Term">How long a lease holds that is not renewed.</param>
sealed record LeaseWatch(string Self, TimeSpan Term)
{
    /// <summary>What was last read or written; null when there is no lease, or it has not been read.</summary>
    public Lease? Seen { get; init; }

    /// <summary>When the present revision was first seen.</summary>
    public TimeSpan SeenSince { get; init; }

    /// <summary>When it ceases to be ours.</summary>
    public TimeSpan HeldUntil { get; init; } = TimeSpan.MinValue;

    public bool IsHeldAt(TimeSpan now) => now < HeldUntil;

    /// <summary>Whether it may be written: nobody has it, we have it, or who had it has been silent for the term.</summary>
    public bool MayTakeAt(TimeSpan now) => Seen?.Holder is null || Seen.Holder == Self || now - SeenSince >= Term;

    /// <param name="lease">What was read.</param>
    /// <param name="now">When the answer was there.</param>
    public LeaseWatch Read(Lease? lease, TimeSpan now) => this with
    {
        Seen = lease,
        SeenSince = lease?.Revision == Seen?.Revision ? SeenSince : now,
        HeldUntil = lease?.Holder == Self ? HeldUntil : TimeSpan.MinValue,
    };

    /// <param name="lease">What was written.</param>
    /// <param name="asked">Before the write was sent.</param>
    /// <param name="now">When the answer was there.</param>
    public LeaseWatch Written(Lease lease, TimeSpan asked, TimeSpan now) => this with { Seen = lease, SeenSince = now, HeldUntil = asked + Term };

    /// <summary>Another was faster.</summary>
    public LeaseWatch Lost() => this with { HeldUntil = TimeSpan.MinValue };
}
