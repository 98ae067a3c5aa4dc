namespace Homer.Search.Journal;

/// <summary>
/// Wakes whoever waits for something to change. Pulsing costs a fence when nobody waits, so that it can stand on the way of every packet.
/// A waiter takes <see cref="Next"/> first, then looks whether the change is already there, then awaits.
/// </summary>
sealed class Signal
{
    TaskCompletionSource? _waiting;

    /// <summary>Completes with the next pulse.</summary>
    public Task Next()
    {
        TaskCompletionSource? waiting = Volatile.Read(ref _waiting);
        if (waiting is null)
        {
            TaskCompletionSource fresh = new(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = Interlocked.CompareExchange(ref _waiting, fresh, null) ?? fresh;
        }

        // The look that follows must not be taken before the waiter can be seen.
        Interlocked.MemoryBarrier();
        return waiting.Task;
    }

    public void Pulse()
    {
        // What changed must be visible before we look whether anyone waits for it.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiting) is not null)
            Interlocked.Exchange(ref _waiting, null)?.SetResult();
    }
}
