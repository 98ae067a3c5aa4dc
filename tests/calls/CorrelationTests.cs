using Homer.Search.Calls;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

public sealed class CorrelationTests
{
    readonly List<Document> _calls = [];
    readonly List<int> _asked = [];

    [Theory]
    [InlineData("x-cid", "x-cid=a@x", null, "x-cid=a@x")]
    [InlineData("x-call-id", "x-call-id=a@x", null, "x-call-id=a@x")]
    [InlineData("replaces", "replaces=a@x", null, "replaces=a@x")]
    [InlineData("agent", "correlation-id=a@x", null, "correlation-id=a@x")]
    [InlineData("session-id", "session-id=47755a9de7794ba387653f2099600ef2", "session-id=47755a9de7794ba387653f2099600ef2", "session-id=47755a9de7794ba387653f2099600ef2")]
    [InlineData("charging-id", "icid=1234", "icid=1234", "icid=1234")]
    [InlineData("same-x-cid", "x-cid=c@x", "x-cid=c@x", "x-cid=c@x")]
    public async Task Two_legs_are_tied_from_either_side_and_it_is_said_why(string rule, string ofB, string? ofA, string identifier)
    {
        Document a = Call("a@x", 0, ofA);
        Document b = Call("b@x", 1, ofB);
        Call("other@x", 2, "x-cid=z@x");

        foreach (Document call in new[] { a, b })
        {
            CallSession session = await SessionAsync(call);

            Assert.Equal(["a@x", "b@x"], session.Legs.Select(leg => leg.Id));
            CorrelationEdge edge = Assert.Single(session.Edges);
            Assert.Equal((rule, identifier), (edge.Rule, edge.Identifier));
            Assert.Equal("a@x", session.Id);
        }
    }

    [Fact]
    public async Task A_suffix_of_the_Call_ID_ties_two_legs()
    {
        Document a = Call("a@x", 0);
        Document b = Call("a@x_b2b-1", 1);

        Assert.Equal("b2b-suffix", Assert.Single((await SessionAsync(a)).Edges).Rule);
        Assert.Equal(["a@x", "a@x_b2b-1"], (await SessionAsync(b)).Legs.Select(leg => leg.Id));
    }

    [Fact]
    public async Task Legs_are_followed_over_other_legs_as_far_as_the_depth()
    {
        Document first = Call("0@x", 0);
        for (int leg = 1; leg <= 8; leg++)
            Call($"{leg}@x", leg, $"x-cid={leg - 1}@x");

        CallSession session = await SessionAsync(first);

        Assert.Equal(1 + CorrelationRules.Shipped.Depth, session.Legs.Count);
        Assert.True(session.IsCut);
        Assert.Equal(CorrelationRules.Shipped.Depth, _asked.Count);
        Assert.False((await SessionAsync(first, CorrelationRules.Shipped with { Depth = 20 })).IsCut);
    }

    [Fact]
    public async Task What_too_many_calls_share_ties_none_and_is_said_so()
    {
        Document call = Call("a@x", 0, "correlation-id=trunk-1", "x-cid=b@x");
        Call("b@x", 1);
        for (int other = 0; other < 60; other++)
            Call($"other-{other}@x", other, "correlation-id=trunk-1");

        CallSession session = await SessionAsync(call);

        Assert.Equal(["a@x", "b@x"], session.Legs.Select(leg => leg.Id));
        Assert.Equal(["correlation-id=trunk-1"], session.Ignored);
        Assert.False(session.IsCut);
    }

    [Fact]
    public async Task A_hub_so_large_that_it_hides_the_others_is_looked_at_alone()
    {
        Document call = Call("a@x", 0, "correlation-id=trunk-1", "x-cid=b@x");
        for (int other = 0; other < 600; other++)
            Call($"other-{other}@x", other, "correlation-id=trunk-1");
        Call("b@x", 900);

        CallSession session = await SessionAsync(call);

        Assert.Equal(["a@x", "b@x"], session.Legs.Select(leg => leg.Id));
        Assert.Equal(["correlation-id=trunk-1"], session.Ignored);
    }

    [Fact]
    public async Task Legs_beyond_the_bound_are_left_out_and_it_is_said_so()
    {
        Document call = Call("a@x", 0);
        CorrelationRules rules = CorrelationRules.Shipped with { Hub = 100 };
        for (int other = 0; other < 70; other++)
            Call($"other-{other}@x", other, "x-cid=a@x");

        CallSession session = await SessionAsync(call, rules);

        Assert.Equal(SessionSearch.MostLegs, session.Legs.Count);
        Assert.True(session.IsCut);
    }

    [Fact]
    public async Task Calls_that_look_alike_are_tied_only_when_asked_for()
    {
        Document a = Alike("a@x", 0, "+4930123456789", "10.0.0.1", "10.0.0.2");
        Alike("b@x", 1, "004930123456789", "10.0.0.2", "10.0.0.3");
        Alike("late@x", 5, "+4930123456789", "10.0.0.2", "10.0.0.3");
        Alike("elsewhere@x", 1, "+4930123456789", "10.0.0.8", "10.0.0.9");
        Alike("another@x", 1, "+4930123456000", "10.0.0.2", "10.0.0.3");

        Assert.Single((await SessionAsync(a)).Legs);
        CallSession session = await SessionAsync(a, CorrelationRules.Shipped with { Rules = [new AlikeCalls("alike", TimeSpan.FromSeconds(2), 9)] });
        Assert.Equal(["a@x", "b@x"], session.Legs.Select(leg => leg.Id));
        Assert.Equal(("alike", "numbers=123456789,301112222"), (session.Edges[0].Rule, session.Edges[0].Identifier));
    }

    [Fact]
    public void The_shipped_rules_are_those_of_the_file_in_the_repository()
    {
        CorrelationRules read = CorrelationFile.Read("correlation.yaml", new StringReader(Golden.Read("rules/correlation.yaml")));

        Assert.Equal(CorrelationRules.Shipped.Rules, read.Rules);
        Assert.DoesNotContain(read.Rules, rule => rule is AlikeCalls);
        Assert.Equal((5, 50, TimeSpan.FromHours(2)), (read.Depth, read.Hub, read.Around));
    }

    [Theory]
    [InlineData("rules:\n  - { name: a, from: x-cidd }", 2, 22, "`x-cidd` is no identifier; known are call-id, x-cid")]
    [InlineData("rules:\n  - { name: a, form: x-cid }", 2, 16, "unknown key `form`; known are name, from, to, suffix, alike, enabled.")]
    [InlineData("rules:\n  - { from: x-cid }", 2, 5, "the rule has no `name`.")]
    [InlineData("rules:\n  - { name: a }", 2, 5, "the rule `a` needs `from`, or `alike`.")]
    [InlineData("rules: []\nhub: many", 2, 6, "`hub` is a number from 2 to 1000, not `many`.")]
    [InlineData("rules: []\naround: 2 hours", 2, 9, "`around` is a time like 2s, 5m, 24h or 2d, not `2 hours`.")]
    [InlineData("rules: []\ndeep: 3", 2, 1, "unknown key `deep`; known are rules, depth, hub, around.")]
    [InlineData("depth: 3", 1, 1, "`rules` is missing.")]
    [InlineData("rules: [", 2, 1, "this is no YAML")]
    [InlineData("- a", 1, 1, "the file must be a mapping")]
    public void A_mistake_in_the_file_is_told_with_its_place(string text, int line, int column, string message)
    {
        RuleFileException mistake = Assert.Throws<RuleFileException>(() => CorrelationFile.Read("correlation.yaml", new StringReader(text)));

        Assert.Equal((line, column), (mistake.Line, mistake.Column));
        Assert.StartsWith($"correlation.yaml, line {line}, column {column}: {message}", mistake.Message, StringComparison.Ordinal);
    }

    Task<CallSession> SessionAsync(Document call, CorrelationRules? rules = null)
    {
        _asked.Clear();
        return new SessionSearch(rules ?? CorrelationRules.Shipped, (where, most) =>
        {
            _asked.Add(most);
            return Task.FromResult<IReadOnlyList<Document>>([.. _calls.Where(other => QueryMatch.Matches(where, other)).Take(most)]);
        }).FindAsync(call);
    }

    Document Call(string callId, int seconds, params string?[] identifiers) => Add(new Sample(DocumentKind.Call)
    {
        [Fields.CallId] = callId,
        [Fields.Timestamp] = Message.Epoch.Plus(TimeSpan.FromSeconds(seconds)),
        [Fields.Identifiers] = identifiers.OfType<string>().ToArray(),
    });

    Document Alike(string callId, int seconds, string caller, string source, string destination) => Add(new Sample(DocumentKind.Call)
    {
        [Fields.CallId] = callId,
        [Fields.Timestamp] = Message.Epoch.Plus(TimeSpan.FromSeconds(seconds)),
        [Fields.Caller] = caller,
        [Fields.Callee] = "+49301112222",
        [Fields.SourceIp] = System.Net.IPAddress.Parse(source),
        [Fields.DestinationIp] = System.Net.IPAddress.Parse(destination),
    });

    Document Add(Sample sample)
    {
        Document call = sample.AsDocument(Folding.Journal);
        _calls.Add(call);
        return call;
    }
}
