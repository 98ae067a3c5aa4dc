namespace Homer.Search.Journal;

/// <summary>Keeps the next segment ready, so that appending does not wait for the disk; leaves the reserve of free space alone.</summary>
sealed class SegmentAllocator(SegmentFolder folder, JournalOptions options, JournalIdentity journal, DamageCount damage) : IDisposable
{
    readonly Lock _gate = new();
    LiveSegment? _ready;
    string? _spare;
    long _lastTaken = -1;

    /// <summary>Makes a segment ready, mapped; an <see cref="IOException"/> says that the disk has no room.</summary>
    public void Prepare(long number)
    {
        lock (_gate)
        {
            if (number <= _lastTaken || _ready?.Number == number)
                return;
            Discard();
            _ready = Make(number);
        }
    }

    /// <summary>The segment of a number, acquired; null when the disk has no room.</summary>
    public LiveSegment? Take(long number)
    {
        lock (_gate)
        {
            try
            {
                Prepare(number);
            }
            catch (IOException)
            {
                return null; // The chore that prepares segments meets the same and tells why.
            }

            LiveSegment? taken = _ready;
            (_ready, _lastTaken) = (null, number);
            return taken;
        }
    }

    /// <summary>Takes the file of a segment that is sealed, to be used again when nobody reads it; a second one is deleted.</summary>
    public void TakeBack(LiveSegment sealedOne)
    {
        lock (_gate)
        {
            if (_spare is not null || sealedOne.IsUsed)
            {
                File.Delete(sealedOne.Path);
                return;
            }

            string spare = folder.Spare(sealedOne.Number);
            File.Move(sealedOne.Path, spare, overwrite: true);
            _spare = spare;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Discard();
            if (_spare is not null)
                File.Delete(_spare);
        }
    }

    LiveSegment Make(long number)
    {
        string? spare = _spare;
        _spare = null;
        long free = options.FreeBytes(folder.Path);
        if (spare is null && free - journal.SegmentBytes < options.ReserveBytes)
        {
            throw new IOException(
                $"The disk of {folder.Path} has {free} octets free, and {options.ReserveBytes} are left alone: free space, or lower the reserve.");
        }

        LiveSegment segment = LiveSegment.Create(folder, number, journal, damage, spare);
        segment.Acquire();
        return segment;
    }

    void Discard()
    {
        if (_ready is null)
            return;
        _ready.Release();
        File.Delete(_ready.Path);
        _ready = null;
    }
}
