using Homer.Search.Protocol.Hep;

namespace Homer.Search.Benchmarks.Decode;

/// <summary>The SIP packets among <c>tests/fixtures/hep</c>: HEPv1, v2 and v3 of Kamailio, sngrep and sipgrep.</summary>
static class SipPackets
{
    internal static IEnumerable<byte[]> Load()
    {
        string folder = Path.Combine(FindRepository(), "tests", "fixtures", "hep");
        foreach (string path in Directory.GetFiles(folder, "*.bin").Order(StringComparer.Ordinal))
        {
            byte[] packet = File.ReadAllBytes(path);
            if (IsSip(packet))
                yield return packet;
        }
    }

    static bool IsSip(byte[] packet) =>
        HepReader.Read(packet, out HepPacket read) == HepRejection.None && read.ProtocolType == HepProtocolType.Sip;

    static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Homer.Search.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"Homer.Search.sln stands in no folder above {AppContext.BaseDirectory}.");
    }
}
