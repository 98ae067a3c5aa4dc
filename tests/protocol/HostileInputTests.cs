using CsCheck;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Protocol;

/// <summary>Whatever arrives is read or refused: nothing throws, and nothing on the way is allocated.</summary>
public class HostileInputTests
{
    static readonly byte[][] Packets =
        [.. Fixtures.Named("hep", "*.bin").Concat(Fixtures.Named("hep/vectors", "*.bin")).Select(Fixtures.Read), .. Messages().Select(InPacket)];

    [Fact]
    public void A_packet_cut_anywhere_is_read_or_refused()
    {
        foreach (byte[] packet in Packets)
            for (int length = 0; length <= packet.Length; length++)
                Everything.Read(packet.AsSpan(..length));
    }

    [Fact]
    public void A_message_cut_anywhere_is_read_or_refused()
    {
        foreach (byte[] message in Messages())
            for (int length = 0; length <= message.Length; length++)
                Everything.ReadPayload(message.AsSpan(..length));
    }

    [Fact]
    public void A_packet_with_octets_changed_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Packets.Length - 1], Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 20]).Sample(
            (index, changes) =>
            {
                byte[] packet = [.. Packets[index]];
                foreach ((int position, byte octet) in changes)
                    packet[position % packet.Length] = octet;
                Everything.Read(packet);
            },
            iter: 5_000);

    [Fact]
    public void A_message_with_pieces_moved_is_read_or_refused()
    {
        byte[][] messages = [.. Messages()];
        Gen.Select(Gen.Int[0, messages.Length - 1].Array[1, 4], Gen.Int[0, 600].Array[2, 8]).Sample(
            (chosen, cuts) =>
            {
                IEnumerable<byte> torn = chosen.SelectMany((index, turn) => messages[index].Skip(cuts[turn % cuts.Length]).Take(cuts[(turn + 1) % cuts.Length]));
                Everything.ReadPayload([.. torn]);
            },
            iter: 5_000);
    }

    [Fact]
    public void Octets_by_chance_are_read_or_refused() =>
        Gen.Byte.Array[0, 300].Sample(
            octets =>
            {
                Everything.Read(octets);
                Everything.Read([.. "HEP3"u8, 1, 44, .. octets]);
                Everything.ReadPayload([.. "INVITE "u8, .. octets]);
                _ = CompressedPayload.Inflate(octets, out _);
                _ = CompressedPayload.Inflate([0x78, 0x9c, .. octets], out _);
            },
            iter: 5_000);

    [Theory]
    [InlineData("<")]
    [InlineData("\"")]
    [InlineData("\\\"")]
    [InlineData(",")]
    [InlineData("\r\n ")]
    [InlineData("a=;")]
    [InlineData("[")]
    public void A_header_of_one_thing_repeated_is_read_in_the_time_of_its_length(string thing)
    {
        // Quadratic reading of 64 KiB would keep the suite waiting for minutes.
        string value = string.Concat(Enumerable.Repeat(thing, 65_000 / thing.Length));
        foreach (string header in (string[])["Via", "Contact", "P-Asserted-Identity", "Reason", "From", "Authorization", "Identity", "Content-Type"])
            for (int turn = 0; turn < 5; turn++)
                Everything.ReadPayload(Octets.Of($"INVITE sip:a SIP/2.0\r\n{header}: \"{value}\r\n\r\n"));
        for (int turn = 0; turn < 5; turn++)
            Everything.ReadPayload(Octets.Of("INVITE sip:a SIP/2.0\r\nContent-Type: application/sdp\r\n\r\nm=audio 1 RTP/AVP " + value));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        foreach (byte[] packet in Packets)
            Everything.Read(packet);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte[] packet in Packets)
            Everything.Read(packet);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    static IEnumerable<byte[]> Messages() => Fixtures.Named("rfc4475", "*.dat").Select(Fixtures.Read);

    static byte[] InPacket(byte[] message)
    {
        var packet = new HepPacket { Version = 3, ProtocolType = HepProtocolType.Sip, SourceAddress = [1, 2, 3, 4], DestinationAddress = [5, 6, 7, 8], Payload = message };
        byte[] bytes = new byte[HepWriter.Measure(packet)];
        HepWriter.Write(packet, bytes);
        return bytes;
    }
}
