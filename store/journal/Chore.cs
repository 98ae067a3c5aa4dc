namespace Homer.Search.Journal;

/// <summary>
/// Work on files beside the way of the packets, on a thread of its own since it blocks: done when woken and each period. When it fails, the
/// reason is
/// kept for people and it is tried again with the next period.
/// </summary>
sealed class Chore : IDisposable
{
    readonly AutoResetEvent _wake = new(false);
    readonly CancellationTokenSource _end = new();
    readonly Action<CancellationToken> _work;
    readonly ITimer _timer;
    readonly Thread _thread;

    public Chore(string name, TimeSpan period, TimeProvider clock, Action<CancellationToken> work)
    {
        _work = work;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
        _timer = clock.CreateTimer(static wake => ((AutoResetEvent)wake!).Set(), _wake, period, period);
    }

    /// <summary>Why it last failed; null when it went well.</summary>
    public string? Trouble { get; private set; }

    public void Wake() => _wake.Set();

    /// <summary>Ends it; what it is at is finished or left in a state a restart understands.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _timer.Dispose();
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _end.Dispose();
    }

    void Run()
    {
        while (true)
        {
            _wake.WaitOne();
            if (_end.IsCancellationRequested)
                return;
            try
            {
                _work(_end.Token);
                Trouble = null;
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Trouble = $"{_thread.Name}: {failure.Message}";
            }
        }
    }
}
