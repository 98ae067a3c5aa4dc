using Homer.Search.Calls;

namespace Homer.Search.Tests.Calls;

public sealed class FirstLegsTests
{
    static readonly CorrelationRules Rules = CorrelationRules.Shipped;

    [Theory]
    [InlineData("X-CID: a@x")]
    [InlineData("X-Call-ID: a@x")]
    public void A_leg_that_names_an_earlier_one_is_not_the_first(string header)
    {
        var legs = new FirstLegs(Rules);

        Assert.True(legs.IsFirst(Leg("a@x", 0)));
        Assert.False(legs.IsFirst(Leg("b@x", 10, header)));
        Assert.True(legs.IsFirst(Leg("c@x", 20)));
    }

    [Fact]
    public void A_suffix_of_the_Call_ID_ties_as_well()
    {
        var legs = new FirstLegs(Rules);

        Assert.True(legs.IsFirst(Leg("a@x", 0)));
        Assert.False(legs.IsFirst(Leg("a@x_b2b-1", 10)));
    }

    [Fact]
    public void What_too_many_calls_share_ties_none_of_those_that_follow()
    {
        var legs = new FirstLegs(Rules with { Hub = 3 });

        Assert.Equal([true, false, false, true, true], Enumerable.Range(0, 5).Select(number => legs.IsFirst(Leg($"{number}@x", number, "Cisco-Guid: trunk-1"))));
    }

    [Fact]
    public void After_long_enough_an_identifier_is_new_again()
    {
        var legs = new FirstLegs(Rules);
        double later = 3 * Rules.Around.TotalMilliseconds;

        Assert.True(legs.IsFirst(Leg("a@x", 0, "Cisco-Guid: g")));
        Assert.True(legs.IsFirst(Leg("b@x", later / 2)));
        Assert.True(legs.IsFirst(Leg("c@x", later, "Cisco-Guid: g")));
    }

    [Fact]
    public void A_leg_of_a_stored_session_is_not_the_first_whatever_its_identifiers()
    {
        var legs = new FirstLegs(Rules);

        Assert.True(legs.IsFirst(OfSession("a@x", Leg("a@x", 0))));
        Assert.False(legs.IsFirst(OfSession("a@x", Leg("b@x", 10))));
        Assert.True(legs.IsFirst(OfSession("z@x", Leg("c@x", 20, "X-CID: a@x"))));
        Assert.False(legs.IsFirst(OfSession("z@x", Leg("d@x", 30))));
    }

    [Fact]
    public void Registrations_always_count() =>
        Assert.True(new FirstLegs(Rules) is var legs && legs.IsFirst(Folding.Call(Scenarios.Get("R1"))) && legs.IsFirst(Folding.Call(Scenarios.Get("R1"))));

    static CallView OfSession(string session, CallView call) =>
        Folding.View(Folding.Merge(call.Document, new SessionUpdate(call.Document, new CallSession(session, [], [], [], IsCut: false))));

    static CallView Leg(string callId, double milliseconds, string? header = null) => Folding.Call(Scenarios.Get("C3")
        .Select(message => message with { CallId = callId, Milliseconds = message.Milliseconds + milliseconds })
        .Select((message, index) => index == 0 && header is not null ? message.Header(header) : message));
}
