using Homer.Search.Protocol.Json;
using Homer.Search.Protocol.Qos;

namespace Homer.Search.Tests.Fuzz;

/// <summary>RTCP and RTP statistics as agents write them in JSON.</summary>
sealed class RtcpJsonTarget : FuzzTarget
{
    internal static byte[][] Reports { get; } =
    [
        Octets("""{"sender_information":{"ntp_timestamp_sec":3900000000,"ntp_timestamp_usec":2147483648,"rtp_timestamp":5,"packets":30,"octets":4800},"ssrc":287454020,"type":200,"report_count":1,"report_blocks":[{"source_ssrc":1432778632,"highest_seq_no":129,"fraction_lost":5,"ia_jitter":42,"packets_lost":3,"lsr":77,"dlsr":4}],"sdes_ssrc":287454020,"sdes_report_count":1,"sdes_information":[{"type":1,"text":"alice"}]}"""),
        Octets("""{"ssrc":"1","type":201,"report_count":2,"report_blocks":[{"source_ssrc":"2","fraction_lost":"128","packets_lost":16777215,"ia_jitter":8.5},{"source_ssrc":3,"fraction_lost":256}]}"""),
        Octets("""{"ssrc":1,"report_blocks":[{"source_ssrc":2,"fraction_lost":0}],"voip_metrics":{"ssrc":2,"loss_rate":13,"r_factor":93,"mos_lq":44,"mos_cq":4.3,"signal_level":238,"round_trip_delay":0}}"""),
        Octets("""{"CORRELATION_ID":"a@b","RTP_SIP_CALL_ID":"c","MOS":4.3,"MEAN_MOS":430,"MIN_MOS":127,"RFACTOR":9300,"TOTAL_PK":100,"PACKET_LOSS":5,"EXPECTED_PK":105,"SSRC":9,"SRC_IP":"192.0.2.1","SRC_PORT":4000,"DST_IP":"::1","DST_PORT":0,"MEAN_JITTER":1.5,"MAX_JITTER":3,"TL_BYTE":16000,"CODEC_NAME":"PCMA","CODEC_PT":8,"CLOCK":8000,"TYPE":"HANGUP","DIR":1,"REPORT_NAME":"x"}"""),
        Octets("""{"INC_ID":"a","INC_RTP_PK":50,"INC_RTP_PK_LOSS":50,"INC_MOS":430,"INC_RVAL":9300,"INC_RTP_AVG_JITTER":2,"INC_RTP_MAX_JITTER":4,"INC_RTP_BYTE":9,"INC_RTCP_AVG_LAT":30,"OUT_ID":"b","OUT_MOS":100,"CALLER_SRC_IP":"192.0.2.1","CALLER_SRC_PORT":1,"NAME":"sbc"}"""),
    ];

    internal override string Name => "rtcp-json";

    internal override IEnumerable<byte[]> Seeds => Reports;

    internal override IReadOnlyList<string> Words { get; } =
    [
        "{", "}", "[", "]", ",", ":", "\"", "null", "-1", "127", "255", "256", "65536", "16777215", "8388608", "4294967295", "9007199254740992", "1e308", "0.5", "\"5\"", "\"ssrc\":", "\"report_blocks\":[{",
        "\"source_ssrc\":", "\"fraction_lost\":", "\"packets_lost\":", "\"ia_jitter\":", "\"lsr\":", "\"sender_information\":{", "\"packets\":", "\"octets\":",
        "\"ntp_timestamp_sec\":", "\"ntp_timestamp_usec\":", "\"MOS\":", "\"PACKET_LOSS\":", "\"TOTAL_PK\":", "\"CLOCK\":", "\"CODEC_PT\":", "\"SRC_PORT\":", "\"voip_metrics\":{", "\"mos_cq\":",
    ];

    internal override Facts Read(byte[] input)
    {
        IReadOnlyList<StreamQuality> reports = QualityReports.Read(input, JsonLeaves.Read(input));
        return QualityFacts.Of(reports, reports.Count);
    }

    internal override Facts? Reread(byte[] input) => SlowJson.Read(input) is { Count: > 0 } leaves ? SlowReport.Read(leaves) : null;
}
