using CsCheck;
using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Calls;

public sealed class FactsFormatTests
{
    static readonly byte[] Blob = Folding.Call(Scenarios.Get("C9").ThroughProxy().SeenBy("edge-2", 9, 2)).Document.Binary(Fields.Summary)!;

    [Fact]
    public void Facts_come_back_as_they_were()
    {
        var facts = new CallFacts();
        Assert.True(new FactsDecoder().TryRead(Blob, facts));

        Assert.Equal(Convert.ToHexString(Blob), Convert.ToHexString(new FactsEncoder().Write(facts)));
    }

    [Fact]
    public void Facts_cut_at_any_octet_are_refused()
    {
        for (int length = 0; length < Blob.Length; length++)
        {
            var facts = new CallFacts();
            Assert.False(new FactsDecoder().TryRead(Blob.AsSpan(0, length), facts));
            Assert.Equal(0, facts.Messages);
        }
    }

    [Fact]
    public void Hostile_octets_never_throw_and_what_is_read_can_be_told() =>
        Gen.Select(Gen.Int[0, Blob.Length - 1], Gen.Byte).Array[1, 5].Sample(
            changes =>
            {
                byte[] hostile = [.. Blob];
                foreach ((int at, byte value) in changes)
                    hostile[at] = value;

                var batch = new DocumentBatch(DocumentKind.Call, 1);
                Folding.Update(Scenarios.Get("C1"), journal: 99).Merge(hostile, batch);

                Assert.InRange(batch.Count, 0, 1);
            },
            iter: 5_000);

    [Fact]
    public void Facts_that_cannot_be_read_are_replaced_and_the_row_says_so()
    {
        var batch = new DocumentBatch(DocumentKind.Call, 1);

        Assert.True(Folding.Update(Scenarios.Get("C1")).Merge([1, 2, 3], batch));

        Assert.Contains("summary-restarted", Stores.BatchRows.Read(batch, 0).Many(Fields.Tags));
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 400)]
    public void Facts_of_a_short_call_are_small(int hops, int maximum)
    {
        Message[] call = [.. Scenarios.Get("C1").Select(message => message with { Agent = "edge-1" })];

        byte[] blob = Folding.Call(hops == 1 ? call : call.ThroughProxy()).Document.Binary(Fields.Summary)!;

        Assert.InRange(blob.Length, 1, maximum);
    }

    [Fact]
    public void A_call_id_used_for_ever_stays_bounded_and_shows_its_newest_state()
    {
        Message[] once = Scenarios.Get("R1");
        Document? stored = null;
        for (int refresh = 0; refresh < 300; refresh++)
        {
            Message[] messages = [.. once.Select(message => message with
            {
                CSeq = message.CSeq + (2 * refresh), Milliseconds = message.Milliseconds + (refresh * 60_000), Branch = $"{message.Branch}-{refresh}",
                From = message.IsRequest ? $"10.0.0.1:{10_000 + refresh}" : message.From,
                To = message.IsRequest ? message.To : $"10.0.0.1:{10_000 + refresh}",
                StartLine = refresh == 299 && message.StartLine.Contains("200", StringComparison.Ordinal) ? "SIP/2.0 403 Forbidden" : message.StartLine,
            })];
            stored = Folding.Merge(stored, Folding.Update(messages, position: refresh * 1000));
        }

        Assert.Equal(1200, stored!.Integer(Fields.MessageCount));
        Assert.InRange(stored.Binary(Fields.Summary)!.Length, 1, 12_000);
        Assert.Contains("summary-truncated", stored.Many(Fields.Tags));
        Assert.Equal(403, stored.Integer(Fields.Code));
        Assert.Equal("auth_failed", stored.Text(Fields.CallOutcome));
    }

    [Fact]
    public void Thousands_of_addresses_in_one_unit_stay_bounded()
    {
        Message invite = Scenarios.Get("C1")[0];
        IEnumerable<Message> messages = Enumerable.Range(0, 5000).Select(number => invite with
        {
            CSeq = number + 1,
            From = $"10.0.{number / 250}.{number % 250}:5060",
            Agent = $"agent-{number}",
            Headers = $"X-CID: {number}\r\n",
        });

        Document call = Folding.Call(messages).Document;

        Assert.Equal(5000, call.Integer(Fields.MessageCount));
        Assert.InRange(call.Binary(Fields.Summary)!.Length, 1, 20_000);
    }

    [Fact]
    public void Words_reach_disk_and_do_not_change() => Assert.Equal(
        "pending answered dropped cancelled_caller busy ring_no_answer unavailable declined number_error auth_failed redirect media_reject capacity "
        + "server_error timeout protocol incomplete registered unregistered accepted",
        string.Join(' ', Enum.GetValues<CallOutcome>().Select(outcome => outcome.Word())));
}
