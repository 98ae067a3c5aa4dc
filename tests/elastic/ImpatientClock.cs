namespace Homer.Search.Tests.Elastic;

/// <summary>A clock on which nobody waits: a pause is written down and over at once, the time passed. What is longer than any pause never comes.</summary>
sealed class ImpatientClock(TimeSpan longestPause) : TimeProvider
{
    readonly Lock _lock = new();
    readonly List<TimeSpan> _pauses = [];
    long _now;

    public IReadOnlyList<TimeSpan> Pauses => _pauses;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero && dueTime <= longestPause)
        {
            lock (_lock)
                _pauses.Add(dueTime);
            Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Timer();
    }

    sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
