using System.Net;
using System.Net.Sockets;

namespace Homer.Search.Tests.Server.GoldenCalls;

/// <summary>Writes messages as a pcap file of raw IP packets over UDP.</summary>
static class RawPcap
{
    const uint RawIp = 101;
    const byte Udp = 17;

    /// <summary>14 November 2023.</summary>
    const long Epoch = 1_700_000_000;

    public static byte[] Of(IEnumerable<WrittenMessage> messages)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(0xA1B2C3D4);
        writer.Write((ushort)2);
        writer.Write((ushort)4);
        writer.Write(0L);
        writer.Write(262_144);
        writer.Write(RawIp);
        foreach (WrittenMessage message in messages)
        {
            byte[] packet = Packet(IPEndPoint.Parse(message.From.Address), IPEndPoint.Parse(message.To.Address), message.Bytes());
            writer.Write((uint)(Epoch + (message.Milliseconds / 1000)));
            writer.Write((uint)(message.Milliseconds % 1000 * 1000));
            writer.Write(packet.Length);
            writer.Write(packet.Length);
            writer.Write(packet);
        }

        return file.ToArray();
    }

    static byte[] Packet(IPEndPoint from, IPEndPoint to, byte[] payload)
    {
        byte[] datagram = [.. Big(from.Port), .. Big(to.Port), .. Big(8 + payload.Length), 0, 0, .. payload];
        byte[] addresses = [.. from.Address.GetAddressBytes(), .. to.Address.GetAddressBytes()];
        return from.AddressFamily == AddressFamily.InterNetworkV6
            ? [0x60, 0, 0, 0, .. Big(datagram.Length), Udp, 64, .. addresses, .. datagram]
            : [0x45, 0, .. Big(20 + datagram.Length), 0, 0, 0, 0, 64, Udp, 0, 0, .. addresses, .. datagram];
    }

    static byte[] Big(int number) => [(byte)(number >> 8), (byte)number];
}
