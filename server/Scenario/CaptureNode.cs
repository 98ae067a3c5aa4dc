using System.Net;

namespace Homer.Search.Server.Scenario;

/// <summary>A proxy that calls go through and that reports what it received and what it sent, as Kamailio does.</summary>
/// <param name="Id">HEP chunk 0x0c.</param>
/// <param name="Name">HEP chunk 0x13.</param>
sealed record CaptureNode(uint Id, string Name, IPEndPoint Ipv4, IPEndPoint Ipv6)
{
    public static readonly IReadOnlyList<CaptureNode> All =
    [
        new(2001, "proxy-berlin", IPEndPoint.Parse("198.51.100.1:5060"), IPEndPoint.Parse("[2001:db8:1::1]:5060")),
        new(2002, "proxy-vienna", IPEndPoint.Parse("198.51.100.2:5060"), IPEndPoint.Parse("[2001:db8:2::1]:5060")),
    ];

    public IPEndPoint Facing(Party party) => party.IsIpv6 ? Ipv6 : Ipv4;
}
