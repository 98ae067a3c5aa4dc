namespace Homer.Search.Journal;

/// <summary>
/// What is open in a journal's folder while it is written: its lock, identity and checkpoint, and the way to its segments.
/// </summary>
sealed class JournalFiles : IDisposable
{
    readonly FolderLock _lock;

    JournalFiles(JournalOptions options)
    {
        Folder = new SegmentFolder(options.Folder);
        Directory.CreateDirectory(options.Folder);
        _lock = new FolderLock(options.Folder);
        try
        {
            Identity = JournalIdentity.ReadOrCreate(Folder, options.SegmentBytes);
            Checkpoint = new CheckpointFile(options.Folder, Identity.Id);
            Folder.Clean();
        }
        catch
        {
            Checkpoint?.Dispose();
            _lock.Dispose();
            throw;
        }

        Sealer = new Sealer(Folder, Identity);
    }

    public SegmentFolder Folder { get; }

    public JournalIdentity Identity { get; }

    public CheckpointFile Checkpoint { get; }

    public Sealer Sealer { get; }

    public DamageCount Damage { get; } = new();

    /// <summary>Position behind the newest sealed segment.</summary>
    public long SealedEnd => Folder.SealedNumbers() is [.., long last] ? (last + 1) * Identity.SegmentBytes : 0;

    /// <summary>Takes the folder; a <see cref="JournalException"/> says why it cannot be had.</summary>
    public static JournalFiles Open(JournalOptions options)
    {
        try
        {
            return new JournalFiles(options);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(
                $"Cannot open the journal in {options.Folder}: {failure.Message} Make the folder writable for this user, or give another.", failure);
        }
    }

    /// <summary>
    /// The segments that were live at the last end, and the one to go on appending to, acquired: the last that holds anything. Empty ones
    /// behind it were
    /// made ready and not used.
    /// </summary>
    public (LiveSegments Live, LiveSegment? Tail) FindSegments()
    {
        LiveSegments live = new();
        LiveSegment? tail = null;
        foreach (long number in Folder.LiveNumbers().AsEnumerable().Reverse())
        {
            LiveSegment segment = new(Folder, number, Identity, Damage);
            if (tail is null)
            {
                segment.Acquire();
                if (segment.FoundEnd == 0)
                {
                    segment.Release();
                    File.Delete(segment.Path);
                    continue;
                }

                tail = segment;
            }

            live.Add(segment);
        }

        return (live, tail);
    }

    /// <summary>
    /// The blocks of a sealed segment; null when there is none of this number, or its table is damaged, which is counted.
    /// </summary>
    public ISegmentBlocks? OpenSealed(long number)
    {
        try
        {
            return SealedSegment.Open(Folder.Sealed(number)) is { } segment ? new SealedBlocks(segment, Damage) : null;
        }
        catch (InvalidDataException)
        {
            Damage.Add(Identity.SegmentBytes);
            return null;
        }
    }

    public void Dispose()
    {
        Checkpoint.Dispose();
        _lock.Dispose();
    }
}
