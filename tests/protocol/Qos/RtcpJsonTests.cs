using Homer.Search.Protocol.Qos;

namespace Homer.Search.Tests.Protocol.Qos;

/// <summary>RTCP as JSON, in the dialect of each agent.</summary>
public class RtcpJsonTests
{
    [Fact]
    public void A_real_sender_report_of_rtpengine_is_read()
    {
        StreamQuality report = Assert.Single(Reports.OfPacket("hep/rtpengine-udp-01.bin"));
        Assert.Equal((QualityKind.SenderReport, 287454020u, 1432778632u), (report.Kind, report.ReporterSsrc, report.StreamSsrc));
        Assert.Equal((30L, 4800L, 42L, 3L, 129L), (report.SentPackets, report.SentOctets, report.JitterUnits, report.Lost, report.HighestSequence));
        Assert.Equal(1.953125, report.LossPercent);
        Assert.Equal("alice@\"lab\\x\"", report.Reporter);
    }

    [Fact]
    public void A_count_of_24_bits_has_a_sign_that_rtpengine_does_not_print()
    {
        StreamQuality report = Assert.Single(Reports.OfPacket("hep/rtpengine-udp-02.bin"));
        Assert.Equal((QualityKind.ReceiverReport, -1L, 0.0), (report.Kind, report.Lost, report.LossPercent));
    }

    [Fact]
    public void Names_that_repeat_in_a_compound_packet_lose_no_block() =>
        Assert.Equal([42L, 7L], Reports.OfPacket("hep/rtpengine-udp-04.bin").Select(report => report.JitterUnits));

    [Theory]
    // Asterisk: seconds of 1970 and real microseconds, as text.
    [InlineData("""{"ssrc":1,"type":200,"report_count":1,"sender_information":{"ntp_timestamp_sec":"1700000000","ntp_timestamp_usec":"123456","rtp_timestamp":1,"packets":5,"octets":800},"report_blocks":[{"source_ssrc":2,"fraction_lost":128,"packets_lost":9,"highest_seq_no":10,"ia_jitter":3,"lsr":"77","dlsr":4}]}""", 50.0, 3L)]
    [InlineData("""{"ssrc":1,"type":201,"sender_information":null,"report_blocks":[{"source_ssrc":2,"fraction_lost":64,"packets_lost":-1,"ia_jitter":8.5}]}""", 25.0, 8L)]
    // captagent does not escape the text of SDES: what stands before it counts.
    [InlineData("""{"ssrc":1,"type":200,"report_count":1,"report_blocks":[{"source_ssrc":2,"fraction_lost":32,"packets_lost":3,"ia_jitter":11}],"sdes_information":[{"type":1,"text":"a "quoted" name"}]}""", 12.5, 11L)]
    // rtpproxy prints over several lines; the end is missing.
    [InlineData("{\n  \"report_blocks\": [\n    {\n \"source_ssrc\": 2, \"fraction_lost\": 16,\n \"ia_jitter\": 12\n }\n  ], \"ssrc\": 1,", 6.25, 12L)]
    [InlineData("""{"ssrc":1,"report_blocks":[{"source_ssrc":2,"fraction_lost":0,"ia_jitter":4}],"report_blocks_xr":{"type":0,"id":0,"fraction_lost":0,"fraction_discard":0,"burst_density":0,"gap_density":0,"burst_duration":0,"gap_duration":0,"round_trip_delay":0,"end_system_delay":0},"sdes_ssrc":0}""", 0.0, 4L)]
    public void Every_dialect_says_the_same(string payload, double loss, long jitter)
    {
        StreamQuality report = Reports.One(payload);
        Assert.Equal((1u, 2u), (report.ReporterSsrc ?? 1, report.StreamSsrc));
        Assert.Equal((loss, jitter), (report.LossPercent, report.JitterUnits));
    }

    [Fact]
    public void An_extended_report_of_captagent_lacks_its_last_brace()
    {
        StreamQuality report = Reports.One(
            """{"Extended_report_information":{"identifier":9,"loss_rate":64,"discard_rate":0,"round_trip_delay":30,"R_fact":127,"MOS_LQ":41,"MOS_CQ":127,"signal_lev":238}""");
        Assert.Equal((QualityKind.ExtendedReport, 9u, 25.0), (report.Kind, report.StreamSsrc, report.LossPercent));
        Assert.Equal((4.1, 4.1, -18.0, 30.0), (report.Mos, report.MosListening, report.SignalDbm, report.RoundTripMs));
        Assert.Null(report.RFactor ?? report.MosConversational);
    }

    [Fact]
    public void Counts_below_zero_and_types_beyond_seven_bits_are_absent()
    {
        StreamQuality report = Reports.One("""{"TOTAL_PK":-5,"EXPECTED_PK":-1,"PACKET_LOSS":0,"TL_BYTE":-9,"CODEC_PT":1e9,"CLOCK":-8000}""");
        Assert.Null(report.Packets ?? report.Expected ?? report.Octets ?? report.PayloadType ?? report.ClockRate);
        StreamQuality block = Reports.One("""{"sender_information":{"packets":-1,"octets":-2},"report_blocks":[{"source_ssrc":2,"ia_jitter":-3,"highest_seq_no":-4}]}""");
        Assert.Null(block.SentPackets ?? block.SentOctets ?? block.JitterUnits ?? block.HighestSequence);
    }

    [Fact]
    public void Voice_metrics_of_heplify_are_a_report_beside_the_block()
    {
        IReadOnlyList<StreamQuality> reports = Reports.Read(
            """{"ssrc":1,"report_blocks":[{"source_ssrc":2,"fraction_lost":0}],"voip_metrics":{"ssrc":2,"loss_rate":13,"r_factor":93,"mos_lq":4.4,"mos_cq":4.3}}""");
        Assert.Equal([QualityKind.ReceiverReport, QualityKind.ExtendedReport], reports.Select(report => report.Kind));
        Assert.Equal((4.3, 93.0), (reports[1].Mos, reports[1].RFactor));
    }

    [Fact]
    public void More_blocks_than_rows_of_one_packet_are_cut()
    {
        string blocks = string.Join(',', Enumerable.Range(1, 31).Select(ssrc => $$"""{"source_ssrc":{{ssrc}},"fraction_lost":0}"""));
        Assert.Equal(QualityReports.Maximum, Reports.Read($$"""{"ssrc":1,"report_blocks":[{{blocks}}]}""").Count);
    }
}
