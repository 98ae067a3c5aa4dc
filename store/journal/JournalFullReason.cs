namespace Homer.Search.Journal;

/// <summary>Why the journal takes no more packets.</summary>
public enum JournalFullReason
{
    /// <summary>It takes packets.</summary>
    None = 0,

    /// <summary>What is not indexed yet has reached <see cref="JournalOptions.MaxBytes"/>.</summary>
    Bound,

    /// <summary>No segment can be made: the disk is full, or its free space is down to <see cref="JournalOptions.ReserveBytes"/>.</summary>
    Disk,
}
