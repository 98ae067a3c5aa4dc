using System.Text.RegularExpressions;

namespace Homer.Search.Tests.Fuzz;

/// <summary>HEP by its specification (rev. 37): first a list of all chunks, then of each kind the last that is well made.</summary>
static partial class SlowHep
{
    const int Unnamed = 255;

    sealed record Chunk(int Vendor, int Type, byte[] Value)
    {
        internal long? Number => Value.Length is 1 or 2 or 4 ? Value.Aggregate(0L, static (number, octet) => (number * 256) + octet) : null;
    }

    internal static Facts Read(byte[] octets)
    {
        if (octets.Length < 6)
            return Facts.Refused;
        string magic = FuzzTarget.Text(octets.AsSpan(..4));
        if (magic is "HEP3" or "EEP3" or "EEP1")
            return ReadChunks(octets, magic == "EEP1");
        return octets[0] switch
        {
            1 or 2 => SlowLegacy.Read(octets),
            8 => SlowProtobuf.Read(octets),
            _ => Facts.Refused,
        };
    }

    static Facts ReadChunks(byte[] octets, bool isDraft)
    {
        int total = (octets[4] * 256) + octets[5];
        if (total < 6)
            return Facts.Refused;
        int end = Math.Min(total, octets.Length);
        var chunks = new List<Chunk>();
        int place = 6;
        bool isDamaged = total > octets.Length;
        while (place < end)
        {
            int length = place + 6 <= end ? (octets[place + 4] * 256) + octets[place + 5] : 0;
            if (length < 6 || place + length > end)
            {
                // The thousand and twenty-fifth chunk is one too many whatever it says.
                if (chunks.Count == 1024)
                    return Facts.Refused;
                isDamaged = true;
                break;
            }

            chunks.Add(new Chunk((octets[place] * 256) + octets[place + 1], (octets[place + 2] * 256) + octets[place + 3], octets[(place + 6)..(place + length)]));
            place += length;
        }

        if (chunks.Count > 1024)
            return Facts.Refused;
        bool hasOther = chunks.Exists(static chunk => chunk.Vendor != 0 || (chunk.Type > 0x13 && chunk.Type != 0x20));
        chunks.RemoveAll(static chunk => chunk.Vendor != 0);
        byte[]? plain = chunks.LastOrDefault(static chunk => chunk.Type == 0x0f && chunk.Value.Length > 0)?.Value;
        byte[]? compressed = chunks.LastOrDefault(chunk => chunk.Type == 0x10 && chunk.Value.Length > 0 && !IsDraftCorrelation(chunk))?.Value;
        byte[] payload = plain ?? compressed ?? [];
        long? mos = Last(0x20, ushort.MaxValue);
        if (payload.Length == 0 && mos is null)
            return Facts.Refused;
        long protocol = Last(0x0b, 255) ?? Unnamed;
        if (protocol == Unnamed && (plain is not null || compressed is null) && BeginsAsSip(FuzzTarget.Text(payload)))
            protocol = 1;
        Chunk? correlation = chunks.LastOrDefault(chunk => IsDraftCorrelation(chunk) || (chunk.Type == 0x11 && !(isDraft && chunk.Value.Length == 2)));
        return new Facts()
            .Add("version", 3)
            .Add("protocol type", protocol)
            .Add("transport", Last(0x02, 255) ?? 0)
            .Add("source", Address(0x03, 0x05)).Add("source port", Last(0x07, ushort.MaxValue) ?? 0)
            .Add("destination", Address(0x04, 0x06)).Add("destination port", Last(0x08, ushort.MaxValue) ?? 0)
            .Add("seconds", Last(0x09, uint.MaxValue) ?? 0).Add("microseconds", Last(0x0a, uint.MaxValue) ?? 0)
            .Add("agent id", Last(0x0c, uint.MaxValue) ?? 0).Add("agent name", Trimmed(0x13))
            .Add("key", chunks.LastOrDefault(static chunk => chunk.Type == 0x0e)?.Value ?? [])
            .Add("correlation id", correlation is { Type: 0x10 } ? FuzzTarget.Text(correlation.Value) : correlation is null ? "" : Trim(correlation.Value))
            .Add("vlan", Last(0x12, ushort.MaxValue) is > 0 and var vlan ? vlan : null).Add("mos", mos)
            .Add("payload", payload).Add("compressed", plain is null && compressed is not null)
            .Add("damaged", isDamaged).Add("excess", Math.Max(0, octets.Length - total))
            .Add("other chunks", hasOther);

        bool IsDraftCorrelation(Chunk chunk) => isDraft && chunk.Type == 0x10 && chunk.Value.Length == 4;
        long? Last(int type, long most) => chunks.LastOrDefault(chunk => chunk.Type == type && chunk.Number <= most)?.Number;
        byte[] Address(int ipv4, int ipv6) => chunks.LastOrDefault(
            chunk => (chunk.Type == ipv4 && chunk.Value.Length == 4) || (chunk.Type == ipv6 && chunk.Value.Length == 16))?.Value ?? [];
        string Trimmed(int type) => Trim(chunks.LastOrDefault(chunk => chunk.Type == type)?.Value ?? []);
    }

    internal static string Trim(byte[] text) => FuzzTarget.Text(text).Trim(' ', '\0', '\t', '\r', '\n');

    internal static bool BeginsAsSip(string text)
    {
        string line = text.Split('\n')[0];
        return VersionOfStatus().IsMatch(line) ? Status().IsMatch(line) : RequestLine().IsMatch(line.Trim(' ', '\t', '\r', '\n'));
    }

    [GeneratedRegex(@"\A[Ss][Ii][Pp]/[0-9]\.[0-9]")]
    private static partial Regex VersionOfStatus();

    [GeneratedRegex(@"\A[Ss][Ii][Pp]/[0-9]\.[0-9] *[0-9]")]
    private static partial Regex Status();

    /// <summary>RFC 3261 §7.1, with white space to spare around the URI.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9\-.!%*_+`'~]+ .*[^ \t\r\n].* [Ss][Ii][Pp]/[0-9]\.[0-9]\z", RegexOptions.Singleline)]
    private static partial Regex RequestLine();
}
