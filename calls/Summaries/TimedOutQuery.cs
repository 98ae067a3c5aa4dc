using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// Stored summaries say <c>calling</c> or <c>ringing</c> and <c>pending</c> for ever when no final answer came; only the reader's clock makes that a
/// timeout (<see cref="CallTimeout"/>), and a finding of what they hold to be one if nothing follows. This puts the clock into a search, so that a search
/// finds what the pages show.
/// </summary>
public static class TimedOutQuery
{
    /// <summary>The same search with every question about state, outcome and findings asked as of <paramref name="now"/>.</summary>
    public static Query AsOf(Query query, Instant now) => query switch
    {
        Query.And and => new Query.And([.. and.Parts.Select(part => AsOf(part, now))]),
        Query.Or or => new Query.Or([.. or.Parts.Select(part => AsOf(part, now))]),
        Query.Not not => new Query.Not(AsOf(not.Part, now)),
        Query.Equal { Value: string word } equal when equal.Field.Field == Fields.CallOutcome => Outcome(equal, word, now),
        Query.Equal { Value: string word } equal when equal.Field.Field == Fields.CallState => State(equal, word, now),
        Query.Equal equal when equal.Field.Field == Fields.Finding => Finding(equal, equal with { Field = Fields.FindingWhenSilent }, now),
        Query.Wildcard name when name.Field.Field == Fields.Finding => Finding(name, name with { Field = Fields.FindingWhenSilent }, now),
        Query.Exists any when any.Field.Field == Fields.Finding => Finding(any, new Query.Exists(Fields.FindingWhenSilent), now),
        _ => query,
    };

    /// <summary>Calls of which nothing more is waited for.</summary>
    public static Query Silent(Instant now)
    {
        var isRinging = new Query.Equal(Fields.CallState, CallState.Ringing.Word());
        return new Query.Or(
        [
            new Query.And([isRinging, EndedBefore(now.Plus(-CallTimeout.Ringing))]),
            new Query.And([new Query.Not(isRinging), EndedBefore(now.Plus(-CallTimeout.Calling))]),
        ]);
    }

    static Query.Or Finding(Query stored, Query whenSilent, Instant now) => new([stored, new Query.And([whenSilent, Silent(now)])]);

    static Query.Range EndedBefore(Instant time) => new(Fields.EventEnd, null, FromIncluded: false, time, ToIncluded: true);

    /// <summary>Calls that a stored summary still has as pending though they have timed out.</summary>
    public static Query GivenUp(Instant now) => new Query.Or([GivenUp(CallState.Calling, now), GivenUp(CallState.Ringing, now)]);

    static Query Outcome(Query.Equal equal, string word, Instant now) => CallWords.Outcome(word) switch
    {
        CallOutcome.Timeout => new Query.Or([equal, GivenUp(CallState.Calling, now)]),
        CallOutcome.RingNoAnswer => new Query.Or([equal, GivenUp(CallState.Ringing, now)]),
        CallOutcome.Pending => new Query.And([equal, new Query.Not(GivenUp(CallState.Calling, now)), new Query.Not(GivenUp(CallState.Ringing, now))]),
        _ => equal,
    };

    static Query State(Query.Equal equal, string word, Instant now) => CallWords.State(word) switch
    {
        CallState.TimedOut => GivenUp(now),
        CallState.Calling => new Query.And([equal, new Query.Not(GivenUp(CallState.Calling, now))]),
        CallState.Ringing => new Query.And([equal, new Query.Not(GivenUp(CallState.Ringing, now))]),
        _ => equal,
    };

    static Query.And GivenUp(CallState state, Instant now) =>
        new([new Query.Equal(Fields.CallState, state.Word()), new Query.Range(Fields.TimesOutAt, null, FromIncluded: false, now, ToIncluded: true)]);
}
