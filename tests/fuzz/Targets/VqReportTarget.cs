using Homer.Search.Protocol.Qos;

namespace Homer.Search.Tests.Fuzz;

/// <summary>Bodies of <c>application/vq-rtcpxr</c>, which phones send.</summary>
sealed class VqReportTarget : FuzzTarget
{
    internal override string Name => "vq-rtcpxr";

    internal override IEnumerable<byte[]> Seeds =>
    [
        Octets("VQSessionReport: CallTerm\r\nCallID: 1@x\r\nLocalID: Bob <sip:bob@x>\r\nRemoteID: <sip:al@y>\r\nLocalAddr: IP=192.0.2.1 PORT=4000 SSRC=0x4\r\n"
            + "RemoteAddr: IP=2001:db8::1 PORT=4002 SSRC=a\r\nLocalMetrics:\r\nTimestamps: START=2004-10-10T18:23:43Z STOP=2004-10-10T18:26:02Z\r\n"
            + "SessionDesc: PT=18 PD=G729 SR=8000 FD=20\r\nJitterBuffer: JBA=3 JBR=2 JBN=40 JBM=80 JBX=120\r\nPacketLoss: NLR=5.0 JDR=2.0\r\n"
            + "BurstGapLoss: BLD=0 BD=0 GLD=2.0 GD=500 GMIN=16\r\nDelay: RTD=200 ESD=140 OWD=100 IAJ=2 MAJ=10\r\nSignal: SL=-18 NL=-68 RERL=14\r\n"
            + "QualityEst: RLQ=90 RCQ=85 EXTRI=90 MOSLQ=4.2 MOSCQ=4.3\r\nRemoteMetrics:\r\nPacketLoss: NLR=1\r\nDialogID: 1@x;to-tag=a\r\n"),
        Octets("VQIntervalReport\nCallID:2\nLocalMetrics:\nQualityEst:MOSLQ=127 MOSCQ=41\n"),
        Octets("VQAlertReport: Type=NLR Severity=Critical Dir=local\nRemoteMetrics:\nDelay:RTD=0\n"),
    ];

    internal override IReadOnlyList<string> Words { get; } =
    [
        "\r\n", ":", "=", " ", "\"", "VQSessionReport", "VQIntervalReport", "VQAlertReport", "CallID:", "LocalMetrics:", "RemoteMetrics:", "LocalAddr:", "RemoteAddr:", "IP=", "PORT=", "SSRC=0x",
        "START=", "STOP=", "PT=", "PD=", "SR=", "NLR=", "JDR=", "MOSLQ=", "MOSCQ=", "RCQ=", "RTD=", "IAJ=", "127", "100", "1e5", "-1", "NaN", "2262-01-01", "1969-01-01",
    ];

    internal override Facts Read(byte[] input)
    {
        IReadOnlyList<StreamQuality> reports = VqReport.Read(input);
        return QualityFacts.Of(reports, reports.Count);
    }

    /// <summary>Only that its values can be is held against it.</summary>
    internal override Facts? Reread(byte[] input) => null;
}
