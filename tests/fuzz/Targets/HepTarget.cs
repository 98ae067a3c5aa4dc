using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Fuzz;

/// <summary>HEP of all versions as a datagram.</summary>
class HepTarget : FuzzTarget
{
    internal override string Name => "hep";

    internal override IEnumerable<byte[]> Seeds =>
        Fixtures.Named("hep", "*.bin").Concat(Fixtures.Named("hep/vectors", "*.bin")).Select(Fixtures.Read);

    internal override IReadOnlyList<string> Words { get; } =
    [
        "HEP3", "EEP3", "EEP1", "\x1f\x8b", "\x01\x10\x02\x11", "\x02\x10\x02\x11", "\x02\x10\x0a\x11", "SIP/2.0 200 OK\r\n", "INVITE sip:a SIP/2.0\r\n", "\0\0",
        .. Enumerable.Range(1, 0x14).Append(0x20).Append(0x29).SelectMany(static type => (string[])
        [
            $"\0\0\0{(char)type}\0\x06", $"\0\0\0{(char)type}\0\x07\x11", $"\0\0\0{(char)type}\0\x08\x13\xc4", $"\0\0\0{(char)type}\0\x0a\xc0\0\x02\x01",
            $"\0\x02\0{(char)type}\0\x08ab",
        ]),
    ];

    internal override Facts Read(byte[] input)
    {
        HepRejection rejection = HepReader.Read(input, out HepPacket packet);
        CheckBlanking(input, rejection);
        if (rejection != HepRejection.None)
            return Facts.Refused;
        if (packet.IsCompressed)
            CheckInflating(packet.Payload);
        return Of(packet);
    }

    internal override Facts? Reread(byte[] input) => SlowHep.Read(input);

    static Facts Of(in HepPacket packet, bool hasKey = true) => new Facts()
        .Add("version", packet.Version)
        .Add("protocol type", (int)packet.ProtocolType)
        .Add("transport", (int)packet.Transport)
        .Add("source", packet.SourceAddress).Add("source port", packet.SourcePort)
        .Add("destination", packet.DestinationAddress).Add("destination port", packet.DestinationPort)
        .Add("seconds", packet.Seconds).Add("microseconds", packet.Microseconds)
        .Add("agent id", packet.CaptureAgentId).Add("agent name", packet.CaptureAgentName)
        .Add("key", hasKey ? packet.AuthenticateKey : new string('x', packet.AuthenticateKey.Length).Select(static x => (byte)x).ToArray())
        .Add("correlation id", packet.CorrelationId).Add("vlan", packet.VlanId).Add("mos", packet.Mos)
        .Add("payload", packet.Payload).Add("compressed", packet.IsCompressed)
        .Add("damaged", packet.IsDamaged).Add("excess", packet.ExcessLength)
        .Add("other chunks", packet.Version == 3 && packet.HasOtherChunks);

    /// <summary>Blanking takes the key away and changes nothing else.</summary>
    static void CheckBlanking(byte[] input, HepRejection rejection)
    {
        byte[] blanked = [.. input];
        AuthenticateKeys.Blank(blanked);
        HepRejection again = HepReader.Read(blanked, out HepPacket packet);
        if (again != rejection)
            throw new InvalidOperationException($"Before the key was blanked the packet was {rejection}, then {again}.");
        HepReader.Read(input, out HepPacket before);
        if (again == HepRejection.None && Of(packet).DifferenceTo(Of(before, hasKey: false)) is { } difference)
            throw new InvalidOperationException($"Blanking the key changed {difference}.");
    }

    static void CheckInflating(ReadOnlySpan<byte> compressed)
    {
        if (CompressedPayload.Inflate(compressed, out byte[] payload) == HepRejection.None && payload.Length > CompressedPayload.MaximumLength)
            throw new InvalidOperationException($"{compressed.Length} octets inflate to {payload.Length}.");
    }
}
