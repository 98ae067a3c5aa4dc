namespace Homer.Search.Tests.Fuzz;

/// <summary>HEP in the protobuf of heplify.</summary>
sealed class ProtobufTarget : HepTarget
{
    internal override string Name => "protobuf";

    internal override IEnumerable<byte[]> Seeds =>
    [
        Octets("\x08\x02\x10\x11\x1a\x09192.0.2.1\x22\x09192.0.2.2\x28\xc4\x27\x30\xc6\x27\x38\x80\xe2\xcf\xaa\x06\x40\xc0\xc4\x07\x48\x01\x50\xd2\x0f\x5a\x06secret"
            + "\x62\x1fOPTIONS sip:a SIP/2.0\r\nTo: b\r\n\r\n\x6a\x05 cid1\x70\x07"),
        Octets("\x08\x02\x1a\x0b2001:db8::1\x62\x02{}\x48\x05"),
    ];

    internal override IReadOnlyList<string> Words { get; } =
    [
        "\x08\x02", "\x08\x0a", "\x08\x0b", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80", "\x80\0", "::1", "192.0.2.1",
        .. Enumerable.Range(1, 15).SelectMany(static field => (string[])[$"{(char)(field << 3)}\x11", $"{(char)((field << 3) | 2)}\x02ab", $"{(char)((field << 3) | 5)}"]),
    ];
}
