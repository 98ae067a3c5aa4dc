using System.IO.Compression;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Hep;

/// <summary>Inflates chunk 0x10 and packets that are gzipped as a whole, within bounds. Allocates: few agents compress.</summary>
public static class CompressedPayload
{
    /// <summary>The longest output, in octets.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Beyond <see cref="FreeLength"/>, output for each octet of input; SIP and JSON shrink to a tenth at best.</summary>
    public const int MaximumRatio = 64;

    /// <summary>Up to here any ratio will do.</summary>
    const int FreeLength = 1 << 16;

    /// <summary>
    /// Inflates gzip, zlib or raw deflate, told by the first octets; what is none of them is taken as plain. The result is
    /// <see cref="HepRejection.None"/>, <see cref="HepRejection.BadCompression"/> or <see cref="HepRejection.InflatesTooMuch"/>.
    /// </summary>
    public static HepRejection Inflate(ReadOnlySpan<byte> compressed, out byte[] payload)
    {
        byte[] input = compressed.ToArray();
        if (compressed is [0x1f, 0x8b, ..])
            return Inflate(input, new GZipStream(new MemoryStream(input), CompressionMode.Decompress), out payload);
        if (compressed is [0x78, 0x01 or 0x5e or 0x9c or 0xda, ..])
            return Inflate(input, new ZLibStream(new MemoryStream(input), CompressionMode.Decompress), out payload);
        payload = input;
        if (SipStartLine.Begins(compressed))
            return HepRejection.None;
        HepRejection raw = Inflate(input, new DeflateStream(new MemoryStream(input), CompressionMode.Decompress), out byte[] inflated);
        if (raw == HepRejection.None)
            payload = inflated;
        return raw == HepRejection.InflatesTooMuch ? raw : HepRejection.None;
    }

    static HepRejection Inflate(byte[] compressed, Stream inflater, out byte[] payload)
    {
        payload = [];
        long bound = Math.Min(MaximumLength, Math.Max(FreeLength, (long)compressed.Length * MaximumRatio));
        using (inflater)
        {
            try
            {
                using var output = new MemoryStream();
                Span<byte> block = stackalloc byte[4096];
                for (int length = inflater.Read(block); length > 0; length = inflater.Read(block))
                {
                    if (output.Length + length > bound)
                        return HepRejection.InflatesTooMuch;
                    output.Write(block[..length]);
                }

                payload = output.ToArray();
                return payload.Length == 0 ? HepRejection.BadCompression : HepRejection.None;
            }
            catch (InvalidDataException)
            {
                return HepRejection.BadCompression;
            }
        }
    }
}
