using CsCheck;
using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Calls;

public sealed class LadderTests
{
    [Fact]
    public void Every_message_is_an_arrow_between_two_lanes()
    {
        Message[] call = [.. Scenarios.Get("C1").Select((message, index) => index == 0 ? message with { Headers = "Content-Type: application/sdp\r\n", Body = "v=0\r\n" } : message)];

        Ladder ladder = Ladder.Of(MessageDocuments.Of(call));

        Assert.Equal([Scenarios.Caller, Scenarios.Callee], ladder.Lanes.Select(lane => lane.Address));
        Assert.Equal(["INVITE", "100 Trying", "180 Ringing", "200 OK (INVITE)", "ACK", "BYE", "200 OK (BYE)"], ladder.Arrows.Select(arrow => arrow.Label));
        Assert.Equal([0, 1, 1, 1, 0, 0, 1], ladder.Arrows.Select(arrow => arrow.From));
        Assert.Equal([0, 50, 1150, 5000, 10, 59_990, 40], ladder.Arrows.Select(arrow => (int)arrow.SincePrevious.TotalMilliseconds));
        Assert.Equal([true, false, false, false, false, false, false], ladder.Arrows.Select(arrow => arrow.HasSdp));
        Assert.Equal(66_240, ladder.Arrows[^1].SinceStart.TotalMilliseconds);
    }

    [Fact]
    public void A_hop_seen_by_two_agents_is_drawn_once()
    {
        Ladder ladder = Ladder.Of(MessageDocuments.Of(Scenarios.Get("C9").SeenBy("edge-2", 2, -3)));

        Assert.Equal(11, ladder.Arrows.Count);
        Assert.All(ladder.Arrows, arrow => Assert.Equal(["edge-1", "edge-2"], arrow.Observers.Order()));
        Assert.Equal(4, ladder.Arrows.Count(arrow => arrow.IsRetransmission));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public void Cause_stands_before_effect_whatever_the_clocks_say(double skew)
    {
        Message[] call = [.. Scenarios.Get("C1").ThroughProxy("core-1", skew)];

        Ladder ladder = Ladder.Of(MessageDocuments.Of(call));

        string[] labels = [.. ladder.Arrows.Select(arrow => $"{arrow.Label} {arrow.From}>{arrow.To}")];
        Assert.Equal(3, ladder.Lanes.Count);
        Assert.True(Array.IndexOf(labels, "INVITE 0>1") < Array.IndexOf(labels, "INVITE 1>2"));
        Assert.True(Array.IndexOf(labels, "180 Ringing 2>1") < Array.IndexOf(labels, "180 Ringing 1>0"));
        Assert.True(Array.IndexOf(labels, "200 OK (BYE) 2>1") < Array.IndexOf(labels, "200 OK (BYE) 1>0"));
        Assert.All(ladder.Arrows, arrow => Assert.True(arrow.SincePrevious >= TimeSpan.Zero));
    }

    [Fact]
    public void The_ACK_of_a_proxy_stands_between_the_refusal_and_what_the_proxy_makes_of_it()
    {
        // A proxy acknowledges a refusal by itself (RFC 3261 §17.1.1.3); the agent that sees it do so is 30 ms behind.
        Message[] call = [.. Scenarios.Get("C3").ThroughProxy()
            .Select(message => message.CSeqMethod == "ACK" && message.To == Hops.Next ? message with { ViaCount = 1, Agent = "core-1", Milliseconds = message.Milliseconds - 30 } : message)];

        string[] labels = [.. Ladder.Of(MessageDocuments.Of(call)).Arrows.Select(arrow => $"{arrow.Label} {arrow.From}>{arrow.To}")];

        int refusal = Array.IndexOf(labels, "486 Busy Here (INVITE) 2>1");
        Assert.Equal(["486 Busy Here (INVITE) 2>1", "ACK 1>2", "486 Busy Here (INVITE) 1>0", "ACK 0>1"], labels[refusal..]);
    }

    [Fact]
    public void The_order_in_which_messages_came_does_not_matter()
    {
        Document[] messages = MessageDocuments.Of(Scenarios.Get("C9").ThroughProxy().SeenBy("edge-2", 2, 3));
        string[] expected = Drawing(messages);

        Gen.Shuffle(messages).Sample(shuffled => Assert.Equal(expected, Drawing(shuffled)), iter: 200);
    }

    [Theory]
    [InlineData("C6", 6)]
    [InlineData("C9", 4)]
    [InlineData("C10", 0)]
    public void Retransmissions_are_marked_as_often_as_the_summary_counts_them(string scenario, int count)
    {
        Message[] messages = [.. Scenarios.Get(scenario).ThroughProxy()];

        Assert.Equal(2 * count, Retransmissions.Mark(MessageDocuments.Of(messages)).Count(isAgain => isAgain));
        Assert.Equal(2 * count, Folding.Call(messages).RetransmissionCount);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(160)]
    public void A_terminal_shows_it_within_its_width(int width)
    {
        string text = LadderText.Render(Ladder.Of(MessageDocuments.Of(Scenarios.Get("C9").ThroughProxy())), width);

        string[] lines = text.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        Assert.Contains(Scenarios.Caller, lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("INVITE", StringComparison.Ordinal) && line.Contains('▶', StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains('↻', StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains('◀', StringComparison.Ordinal));
    }

    [Fact]
    public void Legs_stand_in_one_drawing_and_are_told_apart()
    {
        Message[] legs = [.. Scenarios.Get("C3"), .. Scenarios.Get("C3").Select(message => message with { CallId = "b@x", Milliseconds = message.Milliseconds + 1, From = Next(message.From), To = Next(message.To) })];

        Ladder ladder = Ladder.Of(MessageDocuments.Of(legs));

        Assert.Equal([legs[0].CallId, "b@x"], ladder.Legs);
        Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1], ladder.Arrows.Select(arrow => arrow.Leg));
        Assert.Equal([Scenarios.Caller, Scenarios.Callee, Hops.Next], ladder.Lanes.Select(lane => lane.Address));
        string text = LadderText.Render(ladder, 120);
        Assert.Contains("A INVITE", text, StringComparison.Ordinal);
        Assert.Contains("B 486 Busy Here (INVITE)", text, StringComparison.Ordinal);
        Assert.EndsWith("B b@x\n", text, StringComparison.Ordinal);
        Assert.Contains("    L1->>L2: B +0.001 INVITE\n", LadderMermaid.Render(ladder), StringComparison.Ordinal);

        static string Next(string address) => address == Scenarios.Caller ? Scenarios.Callee : Hops.Next;
    }

    [Fact]
    public void No_messages_are_no_ladder() => Assert.Equal("No messages.\n", LadderText.Render(Ladder.Empty, 80));

    static string[] Drawing(IReadOnlyList<Document> messages) =>
        [.. Ladder.Of(messages).Arrows.Select(arrow => $"{arrow.Message.Id} {arrow.From}>{arrow.To} {arrow.IsRetransmission} {string.Join(',', arrow.Observers)}")];
}
