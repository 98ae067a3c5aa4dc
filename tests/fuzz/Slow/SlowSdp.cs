using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Homer.Search.Tests.Fuzz;

/// <summary>Session descriptions by RFC 8866, from a body that may have parts (RFC 2046 §5.1).</summary>
static class SlowSdp
{
    const int MostFormats = 64;
    const int MostOctets = 400;

    /// <summary>Encoding names and clock rates of RFC 3551 §6 by payload type.</summary>
    static readonly Dictionary<int, (string Name, long Clock)> Static = new()
    {
        [0] = ("PCMU", 8000),
        [3] = ("GSM", 8000),
        [4] = ("G723", 8000),
        [5] = ("DVI4", 8000),
        [6] = ("DVI4", 16000),
        [7] = ("LPC", 8000),
        [8] = ("PCMA", 8000),
        [9] = ("G722", 8000),
        [10] = ("L16", 44100),
        [11] = ("L16", 44100),
        [12] = ("QCELP", 8000),
        [13] = ("CN", 8000),
        [14] = ("MPA", 90000),
        [15] = ("G728", 8000),
        [16] = ("DVI4", 11025),
        [17] = ("DVI4", 22050),
        [18] = ("G729", 8000),
        [25] = ("CelB", 90000),
        [26] = ("JPEG", 90000),
        [28] = ("nv", 90000),
        [31] = ("H261", 90000),
        [32] = ("MPV", 90000),
        [33] = ("MP2T", 90000),
        [34] = ("H263", 90000),
    };

    internal static Facts Read(string type, string body)
    {
        string sdp = Find(type, body, 4);
        Facts facts = new Facts().Add("sdp", sdp);
        string session = SectionAt(sdp, 0, mediaFirst: false);
        var media = new List<(string Kind, int Port)>();
        for (int place = session.Length; place < sdp.Length;)
        {
            string section = SectionAt(sdp, place, mediaFirst: true);
            media.Add(Add(facts, section, session));
            place += section.Length;
        }

        (string Kind, int Port)[] active = [.. media.Where(static line => line.Port != 0)];
        if (active.Length > 0)
        {
            (string kind, int port) = active.FirstOrDefault(static line => Is(line.Kind, "audio"), active[0]);
            facts.Add("first", kind).Add("first port", port);
        }

        return facts;
    }

    static string Find(string type, string body, int depth)
    {
        string name = type.Split(';')[0].Trim(SlowSip.Blank);
        if (name.Length == 0 ? body.StartsWith("v=", StringComparison.Ordinal) : Is(name, "application/sdp"))
            return body;
        if (depth == 0 || !name.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            return "";
        foreach (string part in Parts(body, SlowValue.Parameter(type, "boundary")))
        {
            var message = new SlowMessage("", part);
            string found = Find(message.ContentType, part[message.LengthOfHead..], depth - 1);
            if (found.Length > 0)
                return found;
        }

        return "";
    }

    static List<string> Parts(string body, string boundary)
    {
        var parts = new List<string>();
        if (boundary.Length == 0 && body.StartsWith("--", StringComparison.Ordinal))
            boundary = body[2..].Split('\n')[0].Trim(SlowSip.Blank);
        if (boundary.Length == 0)
            return parts;
        int start = -1;
        int place = 0;
        foreach (string line in body.Split('\n'))
        {
            string behind = line.StartsWith("--" + boundary, StringComparison.Ordinal) ? line[(2 + boundary.Length)..].Trim(SlowSip.Blank) : "no";
            if (behind is "" or "--")
            {
                if (start >= 0)
                    parts.Add(WithoutBreak(body[start..place]));
                start = Math.Min(place + line.Length + 1, body.Length);
                if (behind == "--")
                    return parts;
            }

            place += line.Length + 1;
        }

        // The end was cut off.
        if (start >= 0 && start < body.Length)
            parts.Add(body[start..]);
        return parts;
    }

    static string WithoutBreak(string part) => part.EndsWith("\r\n", StringComparison.Ordinal) ? part[..^2] : part.EndsWith('\n') ? part[..^1] : part;

    /// <summary>The text from a place up to the next media line.</summary>
    static string SectionAt(string sdp, int start, bool mediaFirst)
    {
        int place = start;
        foreach (string line in sdp[start..].Split('\n'))
        {
            if (line.StartsWith("m=", StringComparison.Ordinal) && !(mediaFirst && place == start))
                return sdp[start..Math.Min(place, sdp.Length)];
            place += line.Length + 1;
        }

        return sdp[start..];
    }

    static (string Kind, int Port) Add(Facts facts, string section, string session)
    {
        string[] own = Lines(section);
        string[] lines = [.. Lines(session), .. own];
        // m=kind port profile formats: parted by spaces, of which some write more than one.
        string rest = own[0][2..].Trim(SlowSip.Blank);
        string kind = Word(ref rest);
        string portText = Regex.Match(Word(ref rest), @"\A[0-9]*").Value;
        int port = int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= ushort.MaxValue ? number : 0;
        string profile = Word(ref rest);
        string formats = rest.TrimStart(' ');
        string address = AddressOf(lines.LastOrDefault(static line => line.StartsWith("c=", StringComparison.Ordinal), "c=")[2..]);
        string direction = lines.Where(static line => line.StartsWith("a=", StringComparison.Ordinal)).Select(static line => line[2..].Trim(SlowSip.Blank).ToLowerInvariant())
            .LastOrDefault(static value => value is "sendrecv" or "sendonly" or "recvonly" or "inactive", "sendrecv");
        var maps = new Dictionary<string, string>();
        foreach (string line in own.Where(static line => line.StartsWith("a=", StringComparison.Ordinal)))
        {
            string value = line[2..].Trim(SlowSip.Blank);
            if (!value.StartsWith("rtpmap:", StringComparison.Ordinal))
                continue;
            value = value[7..];
            string format = Word(ref value);
            string encoding = Word(ref value);
            if (encoding.Length > 0 && encoding[0] != '/')
                maps.TryAdd(format, encoding);
        }

        string[] words = [.. formats.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostFormats)];
        (string codec, long? clock) = Voice(words, maps);
        facts.Add("kind", kind).Add("port", port).Add("profile", profile).Add("address", address).Add("direction", direction)
            .Add("formats", formats).Add("lines", section[Math.Min(FirstLine(section) + 1, section.Length)..]).Add("codec", codec).Add("clock", clock)
            .Add("codecs", Codecs(words, maps, profile.Contains("RTP/", StringComparison.Ordinal)))
            .Add("octets", OctetsOf(address));
        return (kind, port);
    }

    static int FirstLine(string text) => text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var feed ? feed : text.Length;

    static string[] Lines(string text) => [.. text.Split('\n').Where(static line => line.Length >= 2 && line[1] == '=')];

    static string Word(ref string rest)
    {
        rest = rest.TrimStart(' ');
        string word = rest.Split(' ')[0];
        rest = rest[word.Length..];
        return word;
    }

    static string AddressOf(string connection)
    {
        string rest = connection.Trim(SlowSip.Blank);
        Word(ref rest);
        Word(ref rest);
        string address = Word(ref rest).Split('/')[0];
        // 192.0.2.1t=0: a lost line break joined the next line to it.
        int equals = address.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
            address = address[..(equals - 1)];
        return address.Length >= 2 && address[0] == '[' && address[^1] == ']' ? address[1..^1] : address;
    }

    static string NameOf(string format, Dictionary<string, string> maps) =>
        maps.TryGetValue(format, out string? encoding) ? encoding.Split('/')[0]
        : StaticOf(format)?.Name ?? format;

    static (string Name, long Clock)? StaticOf(string format) =>
        format.Length > 0 && format.All(char.IsAsciiDigit) && System.Numerics.BigInteger.Parse(format, CultureInfo.InvariantCulture) is var type && type < 128
            && Static.TryGetValue((int)type, out (string Name, long Clock) known)
            ? known
            : null;

    static (string Codec, long? Clock) Voice(string[] formats, Dictionary<string, string> maps)
    {
        foreach (string format in formats)
        {
            string name = NameOf(format, maps);
            if (Is(name, "telephone-event") || Is(name, "CN"))
                continue;
            if (!maps.TryGetValue(format, out string? encoding) || !encoding.Contains('/', StringComparison.Ordinal))
                return (name, StaticOf(format) is var known && known?.Name == name ? known?.Clock : null);
            string rate = Regex.Match(encoding.Split('/')[1], @"\A[0-9]*").Value;
            return (name, int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out int clock) && clock is > 0 and < 1_000_000 ? clock : null);
        }

        return ("", null);
    }

    static string Codecs(string[] formats, Dictionary<string, string> maps, bool isRtp)
    {
        var names = new List<string>();
        foreach (string format in formats)
        {
            string name = isRtp ? NameOf(format, maps) : format;
            if (!names.Exists(known => Is(known, name)) && names.Sum(static known => known.Length + 1) + name.Length <= MostOctets)
                names.Add(name);
        }

        return string.Join('\n', names);
    }

    /// <summary>As .NET reads an address, of the forms that RFC 4291 and dotted quads have.</summary>
    static byte[] OctetsOf(string address)
    {
        string text = address.StartsWith('[') && address.EndsWith(']') ? address[1..^1] : address;
        if (!address.Contains(':', StringComparison.Ordinal))
        {
            string[] parts = address.Split('.');
            return parts.Length == 4 && parts.All(static part => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && int.Parse(part, CultureInfo.InvariantCulture) < 256)
                ? [.. parts.Select(static part => (byte)int.Parse(part, CultureInfo.InvariantCulture))]
                : [];
        }

        text = text.Split('%')[0];
        return Regex.IsMatch(text, @"\A[0-9A-Fa-f:.]+\z") && IPAddress.TryParse(text, out IPAddress? ip) && ip.AddressFamily == AddressFamily.InterNetworkV6
            ? ip.GetAddressBytes()
            : [];
    }

    /// <summary>A name is of ASCII; what is none is equal to its own octets only.</summary>
    static bool Is(string one, string other) => one == other || (one.All(char.IsAscii) && string.Equals(one, other, StringComparison.OrdinalIgnoreCase));
}
