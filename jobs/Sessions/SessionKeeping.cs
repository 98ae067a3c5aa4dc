using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Jobs;

/// <summary>
/// Follows the summaries of calls as they are written, looks for the session of each that has something in common with another call, as the page of a call
/// does, and stores it in all its legs. Used by one run at a time.
/// </summary>
/// <remarks>
/// After a start it begins with what was written within the time that legs of one session may begin apart. A summary whose writing took longer than
/// <see cref="Settling"/>, because the store was away, is seen when its call changes again or another leg is found.
/// </remarks>
sealed class SessionKeeping(ICaptureStore store, RuleFile<CorrelationRules> correlation, TimeProvider clock, JobsMeter meter)
{
    /// <summary>Summaries are looked at when they are this old: they can be found by then, and mostly their call's other legs too.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    /// <summary>How often calls of long ago are looked for that were written lately, out of captures in files: a store opens every day for that.</summary>
    public static readonly TimeSpan OldCallsInterval = TimeSpan.FromMinutes(1);

    CorrelationRules? _rules;
    TiedCalls _tied = new(correlation.Current);
    WrittenCalls _calls = new(store, default);
    WrittenCalls _oldCalls = new(store, default);
    Instant _oldCallsRead;

    /// <summary>Calls that changed between reading and writing.</summary>
    readonly HashSet<string> _again = [];

    /// <exception cref="StoreException">The store refused; the next run begins as after a start.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await FollowAsync(Instant.Now(clock).Plus(-Settling), cancellation).ConfigureAwait(false);
        }
        catch
        {
            _rules = null;
            throw;
        }
    }

    async Task FollowAsync(Instant until, CancellationToken cancellation)
    {
        if (_rules != correlation.Current)
            Begin(correlation.Current, until);

        var run = new SessionRun(store, _rules!, _tied, _again);
        // Longer ones than the span in which legs begin go on a while, too.
        var begun = new TimeRange(_calls.Since.Plus(-2 * _rules!.Around), until.Plus(TimeSpan.FromDays(1)));
        await run.AddAsync(_calls.ReadAsync(begun, until, cancellation), cancellation).ConfigureAwait(false);
        if (until.Since(_oldCallsRead) >= OldCallsInterval && !run.IsFull)
        {
            var before = new TimeRange(TimeRange.All.From, until.Plus(-2 * _rules.Around));
            await run.AddAsync(_oldCalls.ReadAsync(before, until, cancellation), cancellation).ConfigureAwait(false);
            if (!run.IsFull)
                _oldCallsRead = until;
        }

        meter.SessionsStored(await run.WriteAsync(cancellation).ConfigureAwait(false), until.Since(_calls.Since));
    }

    void Begin(CorrelationRules rules, Instant until)
    {
        (_rules, _tied) = (rules, new TiedCalls(rules));
        _again.Clear();
        (_calls, _oldCalls) = (new WrittenCalls(store, until.Plus(-rules.Around)), new WrittenCalls(store, until.Plus(-rules.Around)));
        _oldCallsRead = default;
    }
}
