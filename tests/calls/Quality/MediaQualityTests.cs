using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Calls;

/// <summary>RTCP of the answered call C1, whose sides have their media at ports 4000 and 6000.</summary>
public sealed class MediaQualityTests
{
    const string Caller = "10.0.0.1:4001";
    const string Callee = "10.0.0.2:6001";

    static readonly Message[] Call = Described("PCMA");

    [Fact]
    public void Streams_are_told_apart_by_direction_and_have_their_series()
    {
        IReadOnlyList<MediaFlow> streams = Streams(
            Call,
            Block(10_000, Caller, Callee, ssrc: 2, lost: 0, loss: 0, jitter: 80, sent: 190),
            Block(15_000, Caller, Callee, ssrc: 2, lost: 20, loss: 4, jitter: 160, sent: 440),
            Block(15_100, Callee, Caller, ssrc: 1, lost: 0, loss: 0, jitter: 8, sent: 480));

        Assert.Equal([(Side.Caller, 2L), (Side.Callee, 1L)], streams.Select(stream => (stream.HeardBy!.Value, stream.Ssrc!.Value)));
        Assert.Equal((Callee, Caller), (streams[0].From!.ToString(), streams[0].To!.ToString()));
        Assert.Equal([(0.0, 10.0), (4.0, 20.0)], streams[0].Points.Select(point => (point.LossPercent!.Value, point.JitterMs!.Value)));
        Assert.Equal((15.0, 20.0), (streams[0].MeanJitterMs, streams[0].MaximumJitterMs));
    }

    [Fact]
    public void Loss_of_the_whole_stream_is_by_what_its_sender_sent()
    {
        MediaFlow heardByCaller = Streams(
            Call,
            Block(15_000, Caller, Callee, ssrc: 2, lost: 20, loss: 4, jitter: 160, sent: 440),
            Block(15_100, Callee, Caller, ssrc: 1, lost: 0, loss: 0, jitter: 8, sent: 400))[0];

        Assert.Equal((380L, 20L, 5.0), (heardByCaller.Packets, heardByCaller.LostPackets, heardByCaller.LossPercent));
        Assert.Equal(5.0, heardByCaller.Estimate!.LossPercent);
    }

    [Fact]
    public void Loss_between_two_reports_is_by_their_counts()
    {
        Document[] reports =
        [
            ReportDocuments.Rtcp(10_000, Caller, Callee, (Fields.QosSsrc, 2), (Fields.LostPackets, 291), (Fields.HighestSequence, 70_000), (Fields.LossPercent, 0.390625)),
            ReportDocuments.Rtcp(15_000, Caller, Callee, (Fields.QosSsrc, 2), (Fields.LostPackets, 331), (Fields.HighestSequence, 71_000), (Fields.LossPercent, 3.90625)),
        ];

        Assert.Equal([0.390625, 4.0], Streams(Call, reports)[0].Points.Select(point => point.LossPercent!.Value));
    }

    [Theory]
    [InlineData("G722", 8000, 20)]
    [InlineData("opus", 48000, 3.3333)]
    [InlineData("AMR-WB", 16000, 10)]
    public void Jitter_is_counted_by_the_clock_of_the_agreed_codec(string codec, int clock, double jitter)
    {
        Message[] call = [.. Described(codec).Select(message => message with { Body = message.Body.Replace("/8000", $"/{clock}", StringComparison.Ordinal) })];

        MediaFlow stream = Streams(call, Block(10_000, Caller, Callee, ssrc: 2, lost: 0, loss: 0, jitter: 160, sent: 190))[0];

        Assert.Equal((codec, clock), (stream.Codec, stream.ClockRate));
        Assert.Equal(jitter, stream.MeanJitterMs!.Value, 4);
        Assert.Null(stream.Estimate);
    }

    [Fact]
    public void Without_a_description_jitter_stays_in_units_and_nobody_is_said_to_hear() =>
        Assert.Equal((null, null, null), Streams(Scenarios.Get("C1"), Block(10_000, Caller, Callee, ssrc: 2, lost: 0, loss: 0, jitter: 160, sent: 190))[0] is var stream
            ? (stream.MeanJitterMs, stream.Codec, stream.HeardBy) : default);

    [Fact]
    public void Delay_is_half_the_round_trip_the_jitter_buffer_and_a_packet()
    {
        Document report = ReportDocuments.Rtcp(
            10_000, Caller, Callee, (Fields.QosSsrc, 2), (Fields.LossPercent, 0.0), (Fields.RoundTripMs, 100.0), (Fields.JitterBufferMs, 40.0));

        Assert.Equal(110, Streams(Call, report)[0].Estimate!.OneWayDelayMs);
    }

    [Fact]
    public void One_side_hears_nothing()
    {
        Document[] reports =
        [
            ReportDocuments.Rtcp(10_000, Caller, Callee, (Fields.QosReporterSsrc, 1), (Fields.SentPackets, 200)),
            ReportDocuments.Rtcp(15_000, Caller, Callee, (Fields.QosReporterSsrc, 1), (Fields.SentPackets, 450)),
            Block(10_100, Callee, Caller, ssrc: 1, lost: 0, loss: 0, jitter: 8, sent: 200),
            Block(15_100, Callee, Caller, ssrc: 1, lost: 0, loss: 0, jitter: 8, sent: 450),
        ];

        Finding finding = Assert.Single(Found.In(Call, reports: reports), finding => finding.Name == "one-way-audio");

        Assert.Equal("The caller heard nothing while the callee did, by the reports of both.", finding.Sentence);
        Assert.Equal("200", finding.Messages.Single().Integer(Fields.Code).ToString());
    }

    [Fact]
    public void Nobody_hears_anything()
    {
        Document[] reports =
        [
            Block(10_000, Caller, Callee, ssrc: 2, lost: 250, loss: 100, jitter: 0, sent: 250),
            Block(10_100, Callee, Caller, ssrc: 1, lost: 250, loss: 100, jitter: 0, sent: 250),
        ];

        Assert.Equal("The call was answered and lasted 60.0 s, and by every report not one packet of voice arrived.", Only("no-media", reports).Sentence);
    }

    [Fact]
    public void Voice_is_poor()
    {
        Document[] reports = [Block(10_000, Caller, Callee, ssrc: 2, lost: 100, loss: 12.5, jitter: 480, sent: 800), Block(10_100, Callee, Caller, ssrc: 1, lost: 0, loss: 0, jitter: 8, sent: 800)];

        Assert.Equal("Voice heard by the caller had a mean opinion score of 3.2 by the E-model: 12.5 % loss, 60 ms jitter.", Only("poor-voice", reports).Sentence);
        Assert.Equal("The stream to 10.0.0.1:4001 had a jitter of up to 60 ms.", Only("great-jitter", reports).Sentence);
    }

    [Fact]
    public void Good_voice_is_not_worth_a_word() => Assert.Empty(Found.In(Call, reports:
    [
        Block(10_000, Caller, Callee, ssrc: 2, lost: 0, loss: 0, jitter: 80, sent: 250), Block(10_100, Callee, Caller, ssrc: 1, lost: 1, loss: 0.4, jitter: 80, sent: 250),
    ]));

    static Finding Only(string rule, Document[] reports) => Assert.Single(Found.In(Call, reports: reports), finding => finding.Name == rule);

    static Document Block(double milliseconds, string from, string to, long ssrc, long lost, double loss, long jitter, long sent) => ReportDocuments.Rtcp(
        milliseconds, from, to, (Fields.QosReporterSsrc, 3 - ssrc), (Fields.QosSsrc, ssrc), (Fields.LostPackets, lost), (Fields.LossPercent, loss),
        (Fields.JitterUnits, jitter), (Fields.SentPackets, sent));

    static IReadOnlyList<MediaFlow> Streams(Message[] call, params Document[] reports)
    {
        Document[] documents = MessageDocuments.Of(call);
        return MediaQuality.Streams(reports, AudioEnd.Of(documents, documents.Zip(call).ToDictionary(pair => pair.First.Id, pair => pair.Second.Bytes())));
    }

    static Message[] Described(string codec) => [.. Scenarios.Get("C1").Select(message => message.CSeqMethod != "INVITE" ? message
        : message.IsRequest ? message.Sdp("10.0.0.1", codec + " telephone-event")
        : message.StartLine.Contains("200", StringComparison.Ordinal) ? message.Sdp("10.0.0.2", codec + " telephone-event", port: 6000)
        : message)];
}
