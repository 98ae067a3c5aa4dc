using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

public sealed class TimedOutQueryTests
{
    static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 11, 24, 14, 3, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("calling", 31, "outcome : timeout", false)]
    [InlineData("calling", 32, "outcome : timeout", true)]
    [InlineData("calling", 32, "state : timed_out", true)]
    [InlineData("calling", 32, "not outcome : pending", true)]
    [InlineData("calling", 31, "outcome : pending and state : calling", true)]
    [InlineData("calling", 32, "state : calling", false)]
    [InlineData("ringing", 100, "outcome : ring_no_answer", false)]
    [InlineData("ringing", 100, "state : ringing", true)]
    [InlineData("ringing", 180, "outcome : (ring_no_answer or busy)", true)]
    [InlineData("ringing", 180, "outcome : timeout", false)]
    [InlineData("in_call", 600, "outcome : timeout or state : timed_out", false)]
    public void A_search_finds_as_timed_out_what_the_page_shows_as_timed_out(string state, int secondsLater, string query, bool isFound)
    {
        Instant now = Start.Plus(TimeSpan.FromSeconds(secondsLater));
        var call = new Sample(DocumentKind.Call)
        {
            [Fields.Timestamp] = Start,
            [Fields.EventEnd] = Start,
            [Fields.CallId] = "a@x",
            [Fields.CallState] = state,
            [Fields.CallOutcome] = state == "in_call" ? "answered" : "pending",
        };
        if (state != "in_call")
            call[Fields.TimesOutAt] = CallTimeout.Deadline(CallWords.State(state)!.Value, Start, Start);

        Query asked = TimedOutQuery.AsOf(QueryLanguage.Parse(query, DocumentKind.Call, now), now);

        Assert.Equal(isFound, QueryMatch.Matches(asked, call.AsDocument(1)));
    }
}
