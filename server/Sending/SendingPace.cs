namespace Homer.Search.Server.Sending;

/// <summary>Keeps to a rate without drifting: what was late is made up for, though never more than a tenth of a second at once.</summary>
/// <param name="perSecond">Null for as fast as it goes.</param>
sealed class SendingPace(double? perSecond)
{
    static readonly TimeSpan MostToMakeUp = TimeSpan.FromMilliseconds(100);

    TimeSpan _origin;
    long _sinceOrigin;

    /// <summary>How long to wait before the next packet, at a moment since the start.</summary>
    public TimeSpan Next(TimeSpan elapsed)
    {
        if (perSecond is not { } rate)
            return TimeSpan.Zero;
        TimeSpan due = _origin + TimeSpan.FromSeconds(_sinceOrigin / rate);
        if (elapsed - due > MostToMakeUp)
        {
            _origin = due = elapsed - MostToMakeUp;
            _sinceOrigin = 0;
        }

        _sinceOrigin++;
        return due > elapsed ? due - elapsed : TimeSpan.Zero;
    }
}
