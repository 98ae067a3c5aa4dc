using Homer.Search.Protocol.Json;
using Homer.Search.Protocol.Qos;
using Homer.Search.Protocol.Rtcp;

namespace Homer.Search.Tests.Fuzz;

/// <summary>RTCP and RTCP XR as they are on the wire.</summary>
sealed class RtcpTarget : FuzzTarget
{
    internal override string Name => "rtcp";

    internal override IEnumerable<byte[]> Seeds =>
    [
        // SR with one block, SDES, BYE.
        Octets("\x81\xc8\0\x0c\0\0\0\x01\xe0\0\0\x01\x80\0\0\0\0\0\0\x05\0\0\0\x32\0\0\x10\0\0\0\0\x02\x40\xff\xff\xfe\0\0\x01\0\0\0\0\x2a\0\x01\x80\0\0\0\x01\0"
            + "\x81\xca\0\x03\0\0\0\x01\x01\x04\x61@bc\0\0" + "\x81\xcb\0\x01\0\0\0\x01"),
        // RR with two blocks.
        Octets("\x82\xc9\0\x0d\0\0\0\x01" + new string('\x03', 48)),
        // XR with receiver reference time and VoIP metrics.
        Octets("\x80\xcf\0\x0d\0\0\0\x01\x04\0\0\x02\0\0\0\x01\0\0\0\x02\x07\0\0\x08\0\0\0\x02\x10\x08\x20\x01\0\x64\x01\0\0\x1e\0\x10\xee\xba\x7f\x10\x5d\x7f\x29\x7f\x30\0\0\x28\0\x50\0\x78"),
        Octets("\x80\xc8\0\x06\0\0\0\x09" + new string('\x01', 20)),
    ];

    internal override IReadOnlyList<string> Words { get; } =
    [
        "\x80\xc8", "\x81\xc8\0\x0c", "\x81\xc9\0\x07", "\x81\xca\0\x02", "\x80\xcb\0\0", "\x80\xcf\0\x0a", "\x80\xcc\0\0", "\x07\0\0\x08", "\x01\x02cn", "\x9f\xc9", "\0\0", "\xff\xff",
    ];

    internal override Facts Read(byte[] input) => QualityFacts.Of(QualityReports.Read(input, JsonLeaves.Read(input)), RtcpReader.Begins(input) ? RtcpReader.Read(input).Count : 0);

    internal override Facts? Reread(byte[] input) => SlowRtcp.Begins(input) ? SlowRtcp.Read(input) : null;
}
