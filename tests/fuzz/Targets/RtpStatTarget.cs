using Homer.Search.Protocol.Qos;

namespace Homer.Search.Tests.Fuzz;

/// <summary>Header lines of a BYE with the statistics that phones put there. Nobody has written down their grammar, so none can be read again by it.</summary>
sealed class RtpStatTarget : FuzzTarget
{
    internal override string Name => "rtp-stat";

    internal override IEnumerable<byte[]> Seeds =>
    [
        Octets("X-RTP-Stat: CS=0;PS=9,OS=1440;PR=8;OR=1280;PL=1,2;JI=3,4;LA=5;DL=6;EN=PCMA;DE=PCMU;EX=phone/1;IP=192.0.2.1:4000,192.0.2.2:4002\r\n"),
        Octets("X-RTP-Stat: EX=BareSip;PR=652;PS=652;PL=0,0;JI=8.0,9.5;EN=PCMU/8000;DE=opus/48000\r\n"),
        Octets("P-RTP-Stat: PS=1,OS=2,PR=3,OR=4,PL=5,JI=6,LA=7,DU=8\r\nRTP-RxStat: Dur=5,Pkt=250,Oct=40000,LatePkt=0,LostPkt=0,AvgJit=0\r\n"),
        Octets("X-NG-RTP-STATS: a=1\r\nRTP-RxStat: Pkt=1;VQMetrics=\"MLQK=4.4;x=1\"\r\n"),
    ];

    internal override IReadOnlyList<string> Words { get; } =
        ["X-RTP-Stat: ", "P-RTP-Stat:", "RTP-RxStat: ", ";", ",", "=", "\"", "\r\n ", "-1", "1e300", "NaN", "PR=", "PS=", "PL=", "JI=", "IP=", "[::1]:5", "MOS=", "OR=", "OS=", "DL=", "EX=BareSip", "/999"];

    internal override Facts Read(byte[] input)
    {
        IReadOnlyList<StreamQuality> reports = RtpStat.Find(input);
        return QualityFacts.Of(reports, reports.Count);
    }

    internal override Facts? Reread(byte[] input) => null;
}
