using Homer.Search.Calls;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

public sealed class ReferralTests
{
    [Theory]
    [InlineData("Refer-To: <sip:carol@example.net?Replaces=consult%40192.0.2.1%3Bto-tag%3Da%3Bfrom-tag%3Db>", "replaces=consult@192.0.2.1")]
    [InlineData("r: \"Carol\" <sip:carol@example.net;transport=tcp?Subject=x&Replaces=c2>", "replaces=c2")]
    [InlineData("Refer-To: <sip:carol@example.net>", "referred=bob to carol@example.net")]
    [InlineData("Refer-To: sip:carol@example.net:5070;user=phone", "referred=bob to carol@example.net")]
    public void A_transfer_names_the_call_it_leads_to(string header, string identifier)
    {
        Message refer = Scenarios.Get("C1")[5] with { StartLine = "REFER sip:bob@example.net SIP/2.0", CSeqMethod = "REFER", CSeq = 3, Milliseconds = 20_000 };

        Assert.Contains(identifier, Folding.Call([.. Scenarios.Get("C1"), refer.Header(header)]).Identifiers);
    }

    [Theory]
    [InlineData("Referred-By: <sip:bob@example.net>")]
    [InlineData("b: <sip:bob@example.net>")]
    public void The_call_that_comes_of_it_says_so(string header)
    {
        Message[] call = Scenarios.Get("C3").With(0, message => message.Header(header) with { StartLine = "INVITE sip:carol@example.net SIP/2.0" });

        Assert.Contains("referred=alice to carol@example.net", Folding.Call(call).Identifiers);
        Assert.DoesNotContain(Folding.Call(Scenarios.Get("C3")).Identifiers, identifier => identifier.StartsWith("referred=", StringComparison.Ordinal));
    }

    [Fact]
    public void Others_who_are_sent_to_the_same_number_have_nothing_in_common_with_it()
    {
        Assert.Empty(ReferredTo("bob").Intersect(ReferredTo("dave")));
        Assert.Empty(ReferredTo("anonymous"));

        static IEnumerable<string> ReferredTo(string transferee) => Folding.Call(Scenarios.Get("C3")
            .Select(message => message with { Caller = $"sip:{transferee}@example.com" }).ToArray()
            .With(0, message => message.Header("Referred-By: <sip:desk@example.net>") with { StartLine = "INVITE sip:carol@example.net SIP/2.0" }))
            .Identifiers.Where(identifier => identifier.StartsWith("referred=", StringComparison.Ordinal));
    }

    [Fact]
    public void Log_lines_join_by_Call_ID_by_what_the_rules_share_and_by_their_text()
    {
        Document call = Folding.Call(Scenarios.Get("C3").With(0, message => message.Header("X-CID: other-leg@x") with { CorrelationId = "corr-7" })).Document;
        Query where = CallRecords.Of(call, DocumentKind.Log, CorrelationRules.Shipped);

        Assert.True(Joins(Fields.CallId, call.Id));
        Assert.True(Joins(Fields.CallId, "other-leg@x"));
        Assert.True(Joins(Fields.CorrelationId, "corr-7"));
        Assert.True(Joins(Fields.Text, $"[{call.Id}] no route to carrier"));
        Assert.False(Joins(Fields.Text, "no route to carrier"));
        Assert.False(Joins(Fields.CallId, "stranger@x"));

        bool Joins(Field field, string value) => QueryMatch.Matches(where, Record(DocumentKind.Log, field, value));
    }

    [Fact]
    public void Reports_join_by_Call_ID_and_the_correlation_id_of_the_agent_alone()
    {
        Document call = Folding.Call(Scenarios.Get("C3").With(0, message => message.Header("X-CID: other-leg@x") with { CorrelationId = "corr-7" })).Document;
        Query where = CallRecords.Of(call, DocumentKind.Qos, CorrelationRules.Shipped);

        Assert.True(QueryMatch.Matches(where, Record(DocumentKind.Qos, Fields.CallId, call.Id)));
        Assert.True(QueryMatch.Matches(where, Record(DocumentKind.Qos, Fields.CallId, "corr-7")));
        Assert.False(QueryMatch.Matches(where, Record(DocumentKind.Qos, Fields.CallId, "other-leg@x")));
    }

    static Document Record(DocumentKind kind, Field field, string value)
    {
        var batch = new DocumentBatch(kind, Folding.Journal);
        int row = batch.AddRow();
        batch.Set(row, Fields.Timestamp, new Message(200, "", "", "").Time);
        batch.Set(row, Fields.Sequence, 8L);
        batch.Set(row, field, value);
        return BatchRows.Read(batch, 0);
    }
}
