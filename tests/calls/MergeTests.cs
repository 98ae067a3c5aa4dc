using CsCheck;
using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Calls;

/// <summary>A summary does not depend on how its messages came: all at once, in parts, in any order, over several journals.</summary>
public sealed class MergeTests
{
    static readonly string[] Names = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "R1", "R2"];

    /// <summary>Scenarios seen on one hop or two, by one agent or two whose clocks differ, with what real messages carry.</summary>
    static readonly Gen<Message[]> Captures =
        from name in Gen.Int[0, Names.Length - 1].Select(index => Names[index])
        from hops in Gen.Int[1, 2]
        from agents in Gen.Int[1, 2]
        from skew in Gen.Int[-5, 5]
        from extras in Gen.Int[0, 3].Array[40]
        select Capture(name, hops, agents, skew, extras);

    [Fact]
    public void Any_order_and_any_split_give_the_same_document() =>
        (from capture in Captures
         from shuffled in Gen.Shuffle(capture)
         from cuts in Gen.Int[0, shuffled.Length].Array[0, 4]
         from journals in Gen.UInt[1, 3].Array[5]
         select (capture, shuffled, cuts, journals))
        .Sample(
            example =>
            {
                string whole = WithoutJournals(Folding.Merge(null, Folding.Update(example.capture))!);

                Document? stored = null;
                int[] bounds = [0, .. example.cuts.Order(), example.shuffled.Length];
                for (int part = 0; part + 1 < bounds.Length; part++)
                {
                    Message[] messages = example.shuffled[bounds[part]..bounds[part + 1]];
                    if (messages.Length > 0)
                        stored = Folding.Merge(stored, Folding.Update(messages, example.journals[part], bounds[part] * 8));
                }

                Assert.Equal(whole, WithoutJournals(stored!));
            },
            iter: 1_000);

    [Fact]
    public void The_same_unit_again_changes_nothing() => Captures.Sample(
        capture =>
        {
            SummaryUpdate first = Folding.Update(capture[..(capture.Length / 2)]);
            SummaryUpdate second = Folding.Update(capture[(capture.Length / 2)..], position: 1000);
            Document stored = Folding.Merge(Folding.Merge(null, first), second)!;

            Assert.Null(Folding.Merge(stored, first));
            Assert.Null(Folding.Merge(stored, second));
        },
        iter: 200);

    [Fact]
    public void Units_of_another_journal_are_told_apart()
    {
        Message[] call = Scenarios.Get("C1");
        Document first = Folding.Merge(null, Folding.Update(call[..3], journal: 1, position: 5000))!;

        Document? both = Folding.Merge(first, Folding.Update(call[3..], journal: 2, position: 0));

        Assert.Equal(7, both!.Integer(Fields.MessageCount));
    }

    [Fact]
    public void An_update_may_be_merged_twice_when_the_first_write_met_a_conflict()
    {
        SummaryUpdate update = Folding.Update(Scenarios.Get("C1"));

        Assert.Equal(Folding.Text(Folding.Merge(null, update)!), Folding.Text(Folding.Merge(null, update)!));
    }

    [Fact]
    public void The_session_that_was_stored_stays_and_nothing_else_changes()
    {
        Message[] call = Scenarios.Get("C1");
        Document first = Folding.Merge(null, Folding.Update(call[..3]))!;
        var session = new CallSession("of-another@x", [], [], [], IsCut: false);

        Document tied = Folding.Merge(first, new SessionUpdate(first, session))!;
        Document whole = Folding.Merge(tied, Folding.Update(call[3..], position: 1000))!;

        Assert.Equal(("of-another@x", false), (whole.Text(Fields.SessionId), whole[Fields.IsFirstLeg]));
        Document untied = Folding.Merge(null, Folding.Update(call))!;
        Assert.Equal((untied.Id, true), (untied.Text(Fields.SessionId), untied[Fields.IsFirstLeg]));
        Field[] ofSession = [Fields.Summary, Fields.SessionId, Fields.IsFirstLeg];
        Assert.Equal(
            untied.Present().Where(field => !ofSession.Contains(field.Field)).Select(field => (field.Field, Bucket.Text(field.Value))),
            whole.Present().Where(field => !ofSession.Contains(field.Field)).Select(field => (field.Field, Bucket.Text(field.Value))));
        Assert.Null(Folding.Merge(whole, new SessionUpdate(tied, session)));
    }

    static Message[] Capture(string name, int hops, int agents, int skew, int[] extras)
    {
        IEnumerable<Message> messages = Scenarios.Get(name);
        if (hops == 2)
            messages = messages.ThroughProxy();
        if (agents == 2)
            messages = messages.SeenBy("edge-2", 2002, skew);
        return [.. messages.Select((message, index) => extras[index % extras.Length] switch
        {
            1 => message with { Headers = $"Reason: Q.850;cause={16 + (index % 2)}\r\nX-CID: leg-{index % 3}\r\n" },
            2 => message with { Headers = "Content-Type: application/sdp\r\n", Body = $"v=0\r\nc=IN IP4 10.0.0.1\r\nm=audio 4000 RTP/AVP {(index % 2 == 0 ? "0 8" : "9")}\r\n" },
            3 => message with { CorrelationId = $"c{index % 2}", Headers = $"User-Agent: phone {index % 2}\r\n" },
            _ => message,
        })];
    }

    /// <summary>The document, its facts without how far the journals have come: as if all had come as far as a journal can.</summary>
    static string WithoutJournals(Document document)
    {
        CallFacts facts = Folding.Facts(document);
        foreach (uint journal in (uint[])[1, 2, 3, Folding.Journal])
            facts.Apply(journal, long.MaxValue);
        string blob = Convert.ToHexString(document.Binary(Fields.Summary)!);
        return Folding.Text(document).Replace(blob, Convert.ToHexString(new FactsEncoder().Write(facts)), StringComparison.Ordinal);
    }
}
