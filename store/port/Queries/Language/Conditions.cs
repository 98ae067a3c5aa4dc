using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>Turns a field and a value into a condition of the tree, by the type of the field.</summary>
/// <param name="now">What relative times count from.</param>
sealed class Conditions(Instant now)
{
    /// <summary>One of the fields has the value; fields whose type cannot have it are passed over when there are several.</summary>
    public Query AnyOf(IReadOnlyList<FieldPath> paths, QueryLiteral value)
    {
        if (paths.Count == 1)
            return Match(paths[0], value);

        Query[] parts = [.. paths.Select(path => TryMatch(path, value)).OfType<Query>()];
        return parts.Length switch
        {
            0 => throw value.Mistake($"None of the {paths.Count} fields can have the value '{value.Text}'."),
            1 => parts[0],
            _ => new Query.Or(parts),
        };
    }

    /// <summary>The field has the value. Throws when its type cannot have it.</summary>
    public Query Match(FieldPath path, QueryLiteral value)
    {
        if (value is { Quoted: false, IsAnything: true })
            return new Query.Exists(path);

        return (path.Field.Type, path.Name) switch
        {
            (FieldType.Object, null) => throw value.Mistake($"Name what to look for within '{path}', for example '{path}.x-account'."),
            (FieldType.Text, _) => Words(path, value),
            (FieldType.Keyword or FieldType.Object, _) when value.HasWildcard => new Query.Wildcard(path, value.Pattern),
            (FieldType.Keyword or FieldType.Object, _) => new Query.Equal(path, value.Text),
            (FieldType.Integer, _) when path.Field == Fields.Code && StatusCodes(path, value) is { } codes => codes,
            (FieldType.Ip, _) when TryReadNetwork(value.Text, out IPNetwork network) && value.Text.Contains('/') => new Query.Cidr(path, network),
            (FieldType.Instant, _) when ReadTime(path, value) is var time && time.End.Nanoseconds - time.Start.Nanoseconds > 1 =>
                new Query.Range(path, time.Start, FromIncluded: true, time.End, ToIncluded: false),
            _ => new Query.Equal(path, Read(path, value)),
        };
    }

    /// <summary>As <see cref="Match"/>, or null when a field that nobody named cannot have the value.</summary>
    public Query? TryMatch(FieldPath path, QueryLiteral value) => path.Field.Type switch
    {
        _ when value is { Quoted: false, IsAnything: true } => new Query.Exists(path),
        FieldType.Keyword => Match(path, value),
        FieldType.Text => TextWords.Of(value.Text).Count > 0 ? Match(path, value) : null,
        // `49*` means numbers that begin so, not status codes; `4xx` means nothing else.
        FieldType.Integer when path.Field == Fields.Code && !value.HasWildcard && StatusCodes(path, value) is { } codes => codes,
        FieldType.Integer => long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? Match(path, value) : null,
        FieldType.Decimal => double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? Match(path, value) : null,
        FieldType.Boolean => bool.TryParse(value.Text, out _) ? Match(path, value) : null,
        FieldType.Ip => TryReadNetwork(value.Text, out _) ? Match(path, value) : null,
        FieldType.Instant => TimeText.TryParse(value.Text, now, out _) ? Match(path, value) : null,
        _ => null,
    };

    /// <summary><c>field &gt;= value</c> and its like.</summary>
    public Query Compare(FieldPath path, string comparison, QueryLiteral value)
    {
        if (path.Field.Type is FieldType.Text or FieldType.Boolean || path is { Field.Type: FieldType.Object, Name: null })
            throw value.Mistake($"'{path}' has no order; '{comparison}' works on numbers, times, addresses and keywords.");
        if (value is { Quoted: false, HasWildcard: true })
            throw value.Mistake($"'{comparison}' takes no wildcard.");

        if (path.Field.Type == FieldType.Instant)
        {
            TimeText time = ReadTime(path, value);
            return comparison switch
            {
                ">=" => new Query.Range(path, time.Start, true, null, false),
                ">" => new Query.Range(path, time.End, true, null, false),
                "<" => new Query.Range(path, null, false, time.Start, false),
                _ => new Query.Range(path, null, false, time.End, false),
            };
        }

        object bound = path.Field.Type is FieldType.Keyword or FieldType.Object ? value.Text : Read(path, value);
        bool included = comparison.Length == 2;
        return comparison[0] == '>' ? new Query.Range(path, bound, included, null, false) : new Query.Range(path, null, false, bound, included);
    }

    /// <summary>An address or a network in CIDR notation; bits beyond the prefix are dropped, and an IPv4 address in IPv6 form is IPv4.</summary>
    public static bool TryReadNetwork(string text, out IPNetwork network)
    {
        network = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string address = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(address, out IPAddress? parsed))
            return false;

        // .NET also takes "10", "010.0.0.1" (octal), "[::1]:80" and zones for addresses.
        bool isPlain = parsed.AddressFamily == AddressFamily.InterNetwork
            ? parsed.ToString() == address
            : address.All(letter => letter is ':' or '.' || char.IsAsciiHexDigit(letter));
        if (!isPlain)
            return false;

        int width = parsed.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        int prefix = width;
        if (slash >= 0 && !(int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= width))
            return false;
        if (parsed.IsIPv4MappedToIPv6 && prefix >= 96)
        {
            parsed = parsed.MapToIPv4();
            prefix -= 96;
        }

        byte[] octets = parsed.GetAddressBytes();
        for (int bit = prefix; bit < octets.Length * 8; bit++)
            octets[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        network = new IPNetwork(new IPAddress(octets), prefix);
        return true;
    }

    object Read(FieldPath path, QueryLiteral value)
    {
        string text = value.Text;
        return path.Field.Type switch
        {
            FieldType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            FieldType.Integer => throw value.Mistake($"'{path}' is a whole number, and '{text}' is none{NumberAdvice(path, value)}."),
            FieldType.Decimal when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number) => number,
            FieldType.Decimal => throw value.Mistake($"'{path}' is a number, and '{text}' is none."),
            FieldType.Boolean when bool.TryParse(text, out bool truth) => truth,
            FieldType.Boolean => throw value.Mistake($"'{path}' is true or false, not '{text}'."),
            FieldType.Ip when !text.Contains('/') && TryReadNetwork(text, out IPNetwork address) => address.BaseAddress,
            FieldType.Ip => throw value.Mistake($"'{path}' is an IP address, and '{text}' is none; a network is written 10.0.0.0/8."),
            FieldType.Instant => ReadTime(path, value).Start,
            var type => throw value.Mistake($"'{path}' cannot be compared with a value ({type})."),
        };
    }

    static string NumberAdvice(FieldPath path, QueryLiteral value) => value switch
    {
        { HasWildcard: true } when path.Field == Fields.Code => "; write 4xx, 48* or a range such as sip.code >= 400",
        { HasWildcard: true } => $"; wildcards work on keywords, for numbers write a range such as {path} >= 1000",
        _ when value.Text.Split(' ') is { Length: > 1 } several && several.All(each => long.TryParse(each, out _)) =>
            $"; write {path} : ({string.Join(" or ", several)})",
        _ => "",
    };

    TimeText ReadTime(FieldPath path, QueryLiteral value) => TimeText.TryParse(value.Text, now, out TimeText time)
        ? time
        : throw value.Mistake($"'{path}' is a time, and '{value.Text}' is none. {TimeText.Forms}");

    /// <summary><c>4xx</c>, <c>48x</c>, <c>4*</c>, <c>48*</c>: the codes of three digits that begin so.</summary>
    static Query.Range? StatusCodes(FieldPath path, QueryLiteral value)
    {
        if (value.Quoted)
            return null;
        string digits = value is { HasWildcard: true, Parts: [var first, ""] } ? first : value.Text.TrimEnd('x', 'X');
        bool isPattern = value.HasWildcard ? value.Parts is [_, ""] : digits.Length < value.Text.Length && value.Text.Length == 3;
        if (!isPattern || digits.Length is not (1 or 2) || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int prefix))
            return null;

        long width = digits.Length == 1 ? 100 : 10;
        return new Query.Range(path, prefix * width, FromIncluded: true, ((prefix + 1) * width) - 1, ToIncluded: true);
    }

    /// <summary>A phrase when quoted, else all words in any order; a word with a wildcard is a pattern that a word of the text must match.</summary>
    static Query Words(FieldPath path, QueryLiteral value)
    {
        IReadOnlyList<IReadOnlyList<string>> words = TextWords.Patterns(value.Parts);
        if (words.Count == 0)
            throw value.Mistake($"'{value.Text}' has no word to look for in '{path}'; words are letters and digits.");
        if (!value.HasWildcard)
            return new Query.Words(path, value.Text, InOrder: value.Quoted);

        Query[] parts = [.. words.Select(word => word.Count == 1
            ? (Query)new Query.Words(path, word[0], InOrder: false)
            : new Query.Wildcard(path, new WildcardPattern(word)))];
        return parts.Length == 1 ? parts[0] : new Query.And(parts);
    }
}
