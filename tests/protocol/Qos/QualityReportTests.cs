using System.Net;
using System.Text;
using CsCheck;
using Homer.Search.Protocol.Qos;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Protocol.Qos;

/// <summary>Reports that are not RTCP.</summary>
public class QualityReportTests
{
    const string Session = "VQSessionReport: CallTerm\r\nCallID:c1@192.0.2.1\r\nLocalID:<sip:alice@example.org>\r\nRemoteID:<sip:bob@example.org>\r\n"
        + "LocalAddr:IP=192.0.2.1 PORT=4000 SSRC=0x11223344\r\nRemoteAddr:IP=192.0.2.2 PORT=5000 SSRC=55667788\r\nLocalMetrics:\r\n"
        + "Timestamps:START=2025-01-01T10:00:00Z STOP=2025-01-01T10:01:00Z\r\nSessionDesc:PT=8 PD=PCMA SR=8000 PPS=50 PLC=3 SSUP=off\r\n"
        + "JitterBuffer:JBA=3 JBR=2 JBN=40 JBM=80 JBX=120\r\nPacketLoss:NLR=0.4 JDR=0.0\r\nBurstGapLoss:BLD=0 BD=0 GLD=0 GD=0 GMIN=16\r\n"
        + "Delay:RTD=30 ESD=60 SOWD=15 IAJ=2 MAJ=1\r\nSignal:SL=-18 NL=-60 RERL=55\r\nQualityEst:RCQ=92 EXTRI=90 MOSLQ=4.2 MOSCQ=4.1\r\n";

    [Fact]
    public void A_session_report_of_a_phone_is_read()
    {
        StreamQuality report = Reports.One(Session + "DialogID:c1@192.0.2.1;to-tag=b;from-tag=a\r\n");
        Assert.Equal((QualityKind.VqSession, "c1@192.0.2.1", "CallTerm"), (report.Kind, report.CallId, report.Event));
        Assert.Equal((IPAddress.Parse("192.0.2.2"), 5000, 0x55667788u), (report.StreamSource, report.StreamSourcePort, report.StreamSsrc));
        Assert.Equal((IPAddress.Parse("192.0.2.1"), 4000, 0x11223344u), (report.StreamDestination, report.StreamDestinationPort, report.ReporterSsrc));
        Assert.Equal((0.4, 0.0, 2.0, 1.0), (report.LossPercent, report.DiscardPercent, report.JitterMs, report.JitterMaximumMs));
        Assert.Equal((30.0, 60.0, 15.0), (report.RoundTripMs, report.EndSystemDelayMs, report.OneWayDelayMs));
        Assert.Equal((4.1, 4.2, 92.0, -18.0), (report.Mos, report.MosListening, report.RFactor, report.SignalDbm));
        Assert.Equal(("PCMA", 8, 8000), (report.Codec, report.PayloadType, report.ClockRate));
        Assert.Equal(60, report.End!.Value.Since(report.Start!.Value).TotalSeconds);
    }

    [Fact]
    public void Metrics_of_the_other_side_are_of_the_stream_the_other_way()
    {
        IReadOnlyList<StreamQuality> reports = Reports.Read((Session + "RemoteMetrics:\r\nPacketLoss:NLR=5.0\r\nQualityEst:MOSCQ=127\r\n").Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.Equal(2, reports.Count);
        Assert.Equal((IPAddress.Parse("192.0.2.1"), 4000, 5.0, "sent"), (reports[1].StreamSource, reports[1].StreamSourcePort, reports[1].LossPercent, reports[1].Direction));
        Assert.Null(reports[1].Mos);
    }

    [Theory]
    [InlineData("VQIntervalReport\r\nCallID:x\r\nLocalMetrics:\r\nPacketLoss:NLR=1\r\n", QualityKind.VqInterval, null)]
    [InlineData("VQAlertReport: Type=NLR Severity=Critical Dir=local\r\nCallID:x\r\nMetrics:\r\n", QualityKind.VqAlert, "Type=NLR Severity=Critical Dir=local")]
    public void An_interval_and_an_alert_say_so(string body, QualityKind kind, string? cause)
    {
        StreamQuality report = Reports.One(body);
        Assert.Equal((kind, "x", cause), (report.Kind, report.CallId, report.Event));
    }

    [Fact]
    public void A_report_inside_a_published_message_belongs_to_the_call_of_its_body()
    {
        string publish = $"PUBLISH sip:c@example.org SIP/2.0\r\nCall-ID: publication\r\nCSeq: 1 PUBLISH\r\nEvent: vq-rtcpxr\r\nContent-Type: application/vq-rtcpxr\r\nContent-Length: {Session.Length}\r\n\r\n{Session}";
        Assert.Equal("c1@192.0.2.1", Reports.One(publish).CallId);
    }

    [Fact]
    public void A_full_report_of_RTP_is_read()
    {
        StreamQuality report = Reports.One(
            """{"CORRELATION_ID":"c1@192.0.2.1","RTP_SIP_CALL_ID":"c1@192.0.2.1","JITTER":0.4,"TL_BYTE":80000,"TOTAL_PK":"500","EXPECTED_PK":501,"PACKET_LOSS":1,"MAX_JITTER":2.1,"MEAN_JITTER":0.5,"MOS":4.39,"MEAN_MOS":4.38,"MIN_MOS":4.2,"RFACTOR":92.4,"SRC_IP":"192.0.2.1","SRC_PORT":4000,"DST_IP":"192.0.2.2","DST_PORT":5000,"CODEC_PT":8,"CLOCK":8000,"CODEC_NAME":"g711a","DIR":0,"REPORT_NAME":"192.0.2.1:4000","TYPE":"PERIODIC"}""");
        Assert.Equal((QualityKind.RtpReport, "c1@192.0.2.1", "PERIODIC"), (report.Kind, report.CallId, report.Event));
        Assert.Equal((4.38, 4.2, 92.4, 0.5, 2.1), (report.Mos, report.MosMinimum, report.RFactor, report.JitterMs, report.JitterMaximumMs));
        Assert.Equal((500L, 1L, 501L), (report.Packets, report.Lost, report.Expected));
        Assert.Equal(100.0 / 501, report.LossPercent!.Value, 9);
        Assert.Equal(("g711a", 8, 8000, 4000), (report.Codec, report.PayloadType, report.ClockRate, report.StreamSourcePort));
    }

    [Fact]
    public void A_media_session_is_a_stream_of_each_side_with_scores_a_hundredfold()
    {
        IReadOnlyList<StreamQuality> reports = Reports.Read(
            """{"NAME":"sbc1","INC_REALM":"access","INC_ID":"c1@a","INC_RTP_PK":99,"INC_RTP_PK_LOSS":1,"INC_RTP_AVG_JITTER":2,"INC_RTP_MAX_JITTER":9,"INC_RTCP_AVG_LAT":40,"INC_MOS":432,"INC_RVAL":9200,"CALLER_SRC_IP":"192.0.2.1","CALLER_SRC_PORT":4000,"OUT_ID":"c2@b","OUT_MOS":0,"OUT_RVAL":0,"MEDIA_TYPE":0}""");
        Assert.Equal(["c1@a", "c2@b"], reports.Select(report => report.CallId));
        Assert.Equal((4.32, 92.0, 1.0, 2.0, 40.0), (reports[0].Mos, reports[0].RFactor, reports[0].LossPercent, reports[0].JitterMs, reports[0].RoundTripMs));
        Assert.Null(reports[1].Mos);
    }

    [Theory]
    [InlineData("X-RTP-Stat: EX=BareSip;CS=0;CD=5;PR=250;PS=251;PL=10,0;PD=0,0;JI=7.0,6.5;IP=10.0.0.1:32002,192.0.2.2:32020;EN=PCMU/8000;DE=PCMA/8000", 250, 10, 0.875, 2)]
    [InlineData("P-RTP-Stat: PS=10,OS=1600,PR=300,OR=48000,PL=4,JI=3,LA=-1,DU=6", 300, 4, 3.0, 1)]
    [InlineData("x-rtp-stat: PS=5;OS=800;;PR=6;OR=960;PL=1;JI=2;LA=0;", 6, 1, 2.0, 1)]
    [InlineData("RTP-RxStat: Dur=12,Pkt=600,Oct=96000,LatePkt=0,LostPkt=2,AvgJit=1.2,VQMetrics=\"CCR=0.0;MLQK=4.4\"", 600, 2, 1.2, 1)]
    public void Statistics_of_a_BYE_are_read_in_every_form(string header, long packets, long lost, double jitter, int streams)
    {
        IReadOnlyList<StreamQuality> reports = Bye(header);
        Assert.Equal(streams, reports.Count);
        Assert.Equal((QualityKind.RtpStat, packets, lost, jitter), (reports[0].Kind, reports[0].Packets, reports[0].Lost, reports[0].JitterMs));
        Assert.Equal(100.0 * lost / (lost + packets), reports[0].LossPercent!.Value, 9);
    }

    [Fact]
    public void Of_the_stream_sent_the_other_side_has_told()
    {
        StreamQuality sent = Bye("X-RTP-Stat: PR=250;PS=200;PL=10,4;JI=7.0,6.5;IP=10.0.0.1:32002,192.0.2.2:32020;EN=PCMU/8000;DE=PCMA/8000")[1];
        Assert.Equal(("sent", 4L, 2.0, 6.5, 32002, "PCMU"), (sent.Direction, sent.Lost, sent.LossPercent, sent.JitterMs, sent.StreamSourcePort, sent.Codec));
    }

    [Theory]
    [InlineData("JI=8.0,8.0;EN=PCMU/8000;DE=PCMU/8000", 1.0, 1.0)]
    [InlineData("JI=96.0,16.0;EN=G722/16000;DE=opus/48000", 2.0, 1.0)]
    [InlineData("JI=88.0,22.0;EN=L16/11025;DE=L16/44100", 2.0, 2.0)]
    [InlineData("JI=8.0,8.0", 1.0, 1.0)]
    [InlineData("JI=8.0,8.0;EN=odd/900;DE=odd/x", 1.0, null)]
    public void The_jitter_of_baresip_counts_the_clock_of_the_codec(string jitter, double? received, double? sent)
    {
        IReadOnlyList<StreamQuality> reports = Bye($"X-RTP-Stat: EX=BareSip;CS=0;CD=13;PR=652;PS=652;PL=0,0;{jitter}");
        Assert.Equal((received, sent), (reports[0].JitterMs, reports[1].JitterMs));
    }

    [Fact]
    public void A_clock_slower_than_a_hertz_is_none() =>
        Assert.Null(Reports.One("VQSessionReport\nLocalMetrics:\nSessionDesc: SR=.2").ClockRate);

    [Fact]
    public void A_BYE_without_statistics_says_nothing_of_media() => Assert.Empty(Bye("X-RTP-Other: PR=1"));

    [Theory]
    [InlineData("")]
    [InlineData("just a line")]
    [InlineData("{\"cdr_id\":\"1\",\"duration\":61}")]
    [InlineData("[1,2,3]")]
    [InlineData("{")]
    public void What_is_no_report_says_nothing_of_media(string payload) => Assert.Empty(Reports.Read(payload));

    [Fact]
    public void Reports_with_octets_changed_are_read_or_not()
    {
        byte[][] samples = [.. Fixtures.Named("hep", "rtpengine-*.bin").Select(Fixtures.Read), Encoding.UTF8.GetBytes(Session)];
        Gen.Select(Gen.Int[0, samples.Length - 1], Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 12]).Sample(
            (index, changes) =>
            {
                byte[] changed = [.. samples[index]];
                foreach ((int position, byte octet) in changed.Length > 0 ? changes : [])
                    changed[position % changed.Length] = octet;
                Assert.InRange(Reports.Read(changed).Count, 0, QualityReports.Maximum);
                int json = changed.AsSpan().IndexOf((byte)'{');
                Assert.InRange(Reports.Read(changed.AsSpan(Math.Max(0, json))).Count, 0, QualityReports.Maximum);
            },
            iter: 5_000);
    }

    static IReadOnlyList<StreamQuality> Bye(string header)
    {
        byte[] bytes = Encoding.UTF8.GetBytes($"BYE sip:a@b SIP/2.0\r\nCall-ID: c\r\nCSeq: 2 BYE\r\n{header}\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal(SipRejection.None, SipReader.Read(bytes, out SipMessage message));
        return QualityReports.Read(message);
    }
}
