using System.Text;
using Homer.Search.Protocol.Json;
using Homer.Search.Protocol.Qos;

namespace Homer.Search.Tests.Protocol.Qos;

/// <summary>Reads reports as the indexer does.</summary>
static class Reports
{
    internal static IReadOnlyList<StreamQuality> Read(ReadOnlySpan<byte> payload) => QualityReports.Read(payload, JsonLeaves.Read(payload));

    internal static IReadOnlyList<StreamQuality> Read(string payload) => Read(Encoding.UTF8.GetBytes(payload));

    internal static StreamQuality One(string payload) => Assert.Single(Read(payload));

    /// <summary>The JSON payload of a packet of the fixtures.</summary>
    internal static IReadOnlyList<StreamQuality> OfPacket(string fixture)
    {
        Assert.Equal(Homer.Search.Protocol.Hep.HepRejection.None, Homer.Search.Protocol.Hep.HepReader.Read(Fixtures.Read(fixture), out var packet));
        return Read(packet.Payload);
    }
}
