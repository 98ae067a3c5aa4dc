using Homer.Search.Protocol.Hep;

namespace Homer.Search.Ingest;

/// <summary>Tells by the first octets whether a datagram goes into the journal. What is inside is read later, from there.</summary>
static class PacketDoor
{
    const int SmallestPacket = 6;

    /// <returns><see cref="HepRejection.None"/> for what begins as a HEP packet of any version or as one gzipped as a whole.</returns>
    public static HepRejection Check(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length >= SmallestPacket
            && (datagram.StartsWith("HEP3"u8) || datagram.StartsWith("EEP1"u8) || datagram.StartsWith("EEP3"u8)))
            return HepRejection.None;

        HepRejection rejection = HepReader.Read(datagram, out _);
        return rejection is HepRejection.CompressedFrame ? HepRejection.None : rejection;
    }

    /// <summary>The head of refused bytes, for the log: no longer than what stands before the first chunk's value, which may be a key.</summary>
    public static string FirstBytes(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, 12)]);
}
