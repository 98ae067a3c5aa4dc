using Homer.Search.Calls;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

public sealed class LadderRowTests
{
    [Fact]
    public void What_is_sent_again_at_once_has_one_row_and_a_long_pause_is_said()
    {
        var ladder = Ladder.Of(MessageDocuments.Of(Scenarios.Get("C6")));

        LadderRow.Message row = Assert.IsType<LadderRow.Message>(Assert.Single(LadderRow.Of(ladder, [])));

        Assert.Equal((0, 6), (row.Number, row.Again));
        Assert.Equal(31.5, row.Until.Since(ladder.Arrows[0].Time).TotalSeconds);
    }

    [Fact]
    public void A_talk_is_a_pause_between_ACK_and_BYE()
    {
        var ladder = Ladder.Of(MessageDocuments.Of(Scenarios.Get("C1")));

        IReadOnlyList<LadderRow> rows = LadderRow.Of(ladder, []);

        Assert.Equal(["message", "message", "message", "pause 5", "message", "message", "pause 60", "message", "message"], rows.Select(Text));
    }

    [Fact]
    public void Logs_and_reports_stand_where_they_happened_on_the_lane_of_their_host()
    {
        var ladder = Ladder.Of(MessageDocuments.Of(Scenarios.Get("C3")));
        Document log = Log(100, "10.0.0.2", "routing to\n carrier-1");
        Document report = ReportDocuments.Rtcp(350, "10.0.0.1:4001", "10.0.0.9:9", (Fields.LossPercent, 1.25), (Fields.JitterMs, 3.0));
        Document elsewhere = Log(360, "192.0.2.1", "hello");

        IReadOnlyList<LadderMark> marks = ladder.Marks([report, elsewhere, log]);

        Assert.Equal(
            [(1, "routing to  carrier-1"), (0, "sender-report: loss 1.3 %, jitter 3 ms"), (null, "hello")], marks.Select(mark => (mark.Lane, mark.Label)));
        Assert.Equal(
            ["message", "message", "event", "message", "message", "event", "event"], LadderRow.Of(ladder, marks).Select(Text));
    }

    [Fact]
    public void Lanes_of_one_host_are_one_when_asked_for()
    {
        Message[] call = Scenarios.Get("C1").With(6, message => message with { From = "10.0.0.2:5061" });

        Assert.Equal(["10.0.0.1:5060", "10.0.0.2:5060", "10.0.0.2:5061"], Ladder.Of(MessageDocuments.Of(call)).Lanes.Select(lane => lane.Address));
        Assert.Equal(["10.0.0.1", "10.0.0.2"], Ladder.Of(MessageDocuments.Of(call), byHost: true).Lanes.Select(lane => lane.Address));
    }

    static string Text(LadderRow row) => row switch
    {
        LadderRow.Message => "message",
        LadderRow.Event => "event",
        LadderRow.Pause pause => $"pause {pause.Length.TotalSeconds:0}",
        _ => "",
    };

    static Document Log(double milliseconds, string from, string text)
    {
        var batch = new DocumentBatch(DocumentKind.Log, Folding.Journal);
        int row = batch.AddRow();
        batch.Set(row, Fields.Timestamp, new Message(milliseconds, "", "", "").Time);
        batch.Set(row, Fields.Sequence, (long)milliseconds);
        batch.Set(row, Fields.SourceIp, System.Net.IPAddress.Parse(from).GetAddressBytes());
        batch.Set(row, Fields.Text, text);
        return BatchRows.Read(batch, 0);
    }
}
