using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Calls;

/// <summary>
/// Alice talks with Bob, who asks Carol and then has Alice call her in place of his own call to her (RFC 5589 §7.1). The same from real programs is
/// <c>tests/fixtures/calls/attended-transfer.pcap</c>.
/// </summary>
public sealed class AttendedTransferTests
{
    const string Answered = """
        0 > INVITE sip:bob@example.net SIP/2.0 ;cs=1 br=a tt=- | 1200 < SIP/2.0 180 Ringing ;cs=1/INVITE br=a tt=b
        2200 < SIP/2.0 200 OK ;cs=1/INVITE br=a tt=b | 2210 > ACK sip:bob@example.net SIP/2.0 ;cs=1 br=k tt=b
        """;

    const string Referred = "\n2500 < REFER sip:alice@192.0.2.1 SIP/2.0 ;cs=1 br=r tt=a | 2520 > SIP/2.0 202 Accepted ;cs=1/REFER br=r tt=a";

    const string ByCaller = "\n4200 > BYE sip:bob@example.net SIP/2.0 ;cs=2 br=c tt=b | 4210 < SIP/2.0 200 OK ;cs=2/BYE br=c tt=b";

    const string ByCallee = "\n4200 < BYE sip:alice@192.0.2.1 SIP/2.0 ;cs=2 br=c tt=a | 4210 > SIP/2.0 200 OK ;cs=2/BYE br=c tt=a";

    static readonly Message[] Talk = Named("talk@192.0.2.1", "alice", "bob", Answered + Referred + ByCallee)
        .With(4, refer => refer.Header("Referred-By: <sip:bob@example.net>")
            .Header("Refer-To: <sip:carol@192.0.2.3?Replaces=consult%40192.0.2.2%3Bto-tag%3Db%3Bfrom-tag%3Da&Require=replaces>") with
        {
            Caller = "sip:bob@example.net",
            Callee = "sip:alice@example.net",
        });

    static readonly Message[] Consult = Named("consult@192.0.2.2", "bob", "carol", Answered + ByCallee);

    static readonly Message[] Replacing = Named("replacing@192.0.2.1", "alice", "carol", Answered + ByCaller)
        .With(0, invite => invite.Header("Replaces: consult@192.0.2.2;to-tag=b;from-tag=a").Header("Referred-By: <sip:bob@example.net>") with
        {
            StartLine = "INVITE sip:carol@192.0.2.3 SIP/2.0",
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Its_three_calls_are_one_session_from_whichever_it_is_looked_for(int leg)
    {
        CallSession session = await SessionAsync(leg, Talk, Consult, Replacing);

        Assert.Equal(["consult@192.0.2.2", "replacing@192.0.2.1", "talk@192.0.2.1"], session.Legs.Select(call => call.Id).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                "consult@192.0.2.2 and replacing@192.0.2.1 by replaces: replaces=consult@192.0.2.2",
                "consult@192.0.2.2 and talk@192.0.2.1 by replaces: replaces=consult@192.0.2.2",
                "replacing@192.0.2.1 and talk@192.0.2.1 by referred: referred=alice to carol@192.0.2.3",
            ],
            session.Edges.Select(Told).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task It_is_one_session_too_where_the_call_that_is_replaced_was_not_captured(int leg) => Assert.Equal(
        ["replacing@192.0.2.1 and talk@192.0.2.1 by referred: referred=alice to carol@192.0.2.3"],
        (await SessionAsync(leg, Talk, Replacing)).Edges.Select(Told));

    [Fact]
    public void Who_asks_for_it_is_not_called_because_of_it() => Assert.Equal(
        ["referred=alice to carol@192.0.2.3"],
        Folding.Call(Talk).Identifiers.Where(identifier => identifier.StartsWith("referred=", StringComparison.Ordinal)));

    [Theory]
    [InlineData("talk", "the callee hung up after 2.0 s, having referred the caller to somebody else.")]
    [InlineData("replacing", "the caller hung up after 2.0 s; it was to replace the call consult@192.0.2.2.")]
    [InlineData("consult", "the callee hung up after 2.0 s.")]
    public void Its_explanations_tell_of_it(string call, string end) => Assert.Equal(
        $"Answered after 2.2 s (it rang after 1.2 s), {end}", Explain(call switch { "talk" => Talk, "consult" => Consult, _ => Replacing }));

    [Fact]
    public void The_one_who_was_referred_may_hang_up() => Assert.EndsWith(
        ", the caller hung up after 2.0 s, and the callee had referred the caller to somebody else.",
        Explain(Named("talk@192.0.2.1", "alice", "bob", Answered + Referred + ByCaller)), StringComparison.Ordinal);

    [Fact]
    public void A_refusal_to_be_referred_is_no_transfer()
    {
        Message[] refused = Talk.With(5, message => message with { StartLine = "SIP/2.0 603 Decline" });

        Assert.EndsWith(", the callee hung up after 2.0 s.", Explain(refused), StringComparison.Ordinal);
        Found.Once("ended-at-once", "The callee hung up only 2.0 s after the answer.", 2, refused);
    }

    [Fact]
    public void Whoever_transfers_a_call_may_do_so_at_once() => Found.None("ended-at-once", Talk);

    static Message[] Named(string callId, string caller, string callee, string call) =>
        [.. Scenarios.Parse(call)
            .Select(message => message with { CallId = callId, Caller = $"sip:{caller}@example.net", Callee = $"sip:{callee}@example.net" })];

    static string Explain(Message[] messages) => CallExplanation.Of(Folding.Call(messages, Found.Later), MessageDocuments.Of(messages));

    static string Told(CorrelationEdge edge) =>
        $"{string.Join(" and ", new[] { edge.From, edge.To }.Order(StringComparer.Ordinal))} by {edge.Rule}: {edge.Identifier}";

    static Task<CallSession> SessionAsync(int leg, params Message[][] legs)
    {
        Document[] calls = [.. legs.Select(messages => Folding.Call(messages).Document)];
        return new SessionSearch(CorrelationRules.Shipped, (where, most) =>
            Task.FromResult<IReadOnlyList<Document>>([.. calls.Where(call => QueryMatch.Matches(where, call)).Take(most)])).FindAsync(calls[leg]);
    }
}
