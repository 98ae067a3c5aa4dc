using Homer.Search.Protocol.Qos;
using Homer.Search.Protocol.Rtcp;

namespace Homer.Search.Tests.Protocol.Qos;

/// <summary>RTCP on the wire, by the vectors of RFC 3550 and RFC 3611.</summary>
public class RtcpTests
{
    const string SenderReport = "81c8000c 11223344 eeac1234 56789abc 00001000 00000010 00000a00 55667788 0dfffffe 00010064 000000a0 12345678 00054000";
    const string Description = "81ca0006 11223344 010e 616c696365406578616d706c65 2e 00 00 00 00";

    [Fact]
    public void A_sender_report_says_what_was_sent_and_what_was_lost_of_the_stream_it_hears()
    {
        StreamQuality report = Assert.Single(Reports.Read(Octets.FromHex(SenderReport)));
        Assert.Equal(QualityKind.SenderReport, report.Kind);
        Assert.Equal((0x11223344u, 0x55667788u), (report.ReporterSsrc, report.StreamSsrc));
        Assert.Equal((16L, 2560L), (report.SentPackets, report.SentOctets));
        Assert.Equal(5.078125, report.LossPercent);
        Assert.Equal(-2, report.Lost);
        Assert.Equal((65636L, 160L), (report.HighestSequence, report.JitterUnits));
        Assert.Equal((0x12345678u, 0x12345678u, 0x00054000u), (report.SenderNtp, report.LastSenderNtp, report.SinceLastSender));
        Assert.Null(report.JitterMs);
    }

    [Fact]
    public void The_canonical_name_of_a_compound_packet_belongs_to_all_its_reports()
    {
        IReadOnlyList<StreamQuality> reports = Reports.Read(Octets.FromHex(SenderReport + Description));
        Assert.Equal("alice@example.", Assert.Single(reports).Reporter);
    }

    [Fact]
    public void A_voice_block_of_an_extended_report_is_in_the_units_of_people()
    {
        StreamQuality report = Assert.Single(Reports.Read(Octets.FromHex(
            "80cf000a 11223344 07000008 2468abcd 0c0c5509 00780104 00c8008c eece3710 557f2928 f2000028 00500078")));
        Assert.Equal((QualityKind.ExtendedReport, 0x2468abcdu), (report.Kind, report.StreamSsrc));
        Assert.Equal((4.6875, 4.6875), (report.LossPercent, report.DiscardPercent));
        Assert.Equal((33.203125, 3.515625), (report.BurstLossPercent, report.GapLossPercent));
        Assert.Equal((120, 260, 200, 140), (report.BurstMs, report.GapMs, report.RoundTripMs, report.EndSystemDelayMs));
        Assert.Equal((-18, -50, 55), (report.SignalDbm, report.NoiseDbm, report.EchoReturnLossDb));
        Assert.Equal((85, 4.1, 4.0, 4.0), (report.RFactor, report.MosListening, report.MosConversational, report.Mos));
        Assert.Equal((40, 80), (report.JitterBufferMs, report.JitterBufferMaximumMs));
    }

    [Fact]
    public void What_an_extended_report_calls_unavailable_is_absent()
    {
        StreamQuality report = Assert.Single(Reports.Read(Octets.FromHex(
            "80cf000a 11223344 07000008 2468abcd 00000000 00000000 00000000 7f7f7f10 7f7f7f7f f2000028 00500078")));
        Assert.Null(report.SignalDbm ?? report.NoiseDbm ?? report.EchoReturnLossDb ?? report.RFactor ?? report.Mos ?? report.RoundTripMs);
        Assert.Equal(0, report.LossPercent);
    }

    [Fact]
    public void A_level_of_128_is_the_lowest_that_eight_bits_say()
    {
        StreamQuality report = Assert.Single(Reports.Read(Octets.FromHex(
            "80cf000a 11223344 07000008 2468abcd 00000000 00000000 00000000 80808010 7f7f7f7f f2000028 00500078")));
        Assert.Equal((-128.0, -128.0, -128.0), (report.SignalDbm, report.NoiseDbm, report.EchoReturnLossDb));
    }

    [Fact]
    public void A_sender_report_cut_before_its_block_says_what_was_sent()
    {
        StreamQuality report = Assert.Single(Reports.Read(Octets.FromHex(SenderReport).AsSpan(..40)));
        Assert.Equal((QualityKind.SenderReport, 16L, 2560L, null), (report.Kind, report.SentPackets, report.SentOctets, report.StreamSsrc));
    }

    [Fact]
    public void A_goodbye_alone_is_a_report_that_measures_nothing()
    {
        StreamQuality report = Assert.Single(Reports.Read(Octets.FromHex("81cb0001 11223344")));
        Assert.Equal((QualityKind.OtherRtcp, "bye", 0x11223344u), (report.Kind, report.Event, report.ReporterSsrc));
    }

    [Fact]
    public void A_packet_cut_anywhere_is_read_as_far_as_it_goes()
    {
        byte[] whole = Octets.FromHex(SenderReport + Description);
        for (int length = 0; length <= whole.Length; length++)
            Assert.InRange(RtcpReader.Read(whole.AsSpan(..length)).Count, 0, 1);
    }
}
