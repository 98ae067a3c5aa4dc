using System.Globalization;
using System.Net;

namespace Homer.Search.Protocol.Qos;

/// <summary>
/// What a statistics header of a BYE says: pairs parted by <c>;</c> or <c>,</c>, a piece without <c>=</c> belonging to the value before.
/// Nobody has written down a grammar; names are told apart without regard to case, the first of a name holds.
/// </summary>
sealed class RtpStatPairs
{
    readonly Dictionary<string, string> _pairs = new(StringComparer.OrdinalIgnoreCase);

    public RtpStatPairs(string value)
    {
        string name = "";
        // VQMetrics="MLQK=4.4;…" holds pairs itself: without its quotes they are pairs like the others.
        StringSplitOptions pieces = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (string piece in value.Replace('"', ';').Split((char[])[';', ',', '\r', '\n'], pieces))
        {
            int equals = piece.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                _pairs.TryAdd(name = piece[..equals].Trim(), piece[(equals + 1)..].Trim());
            else if (name.Length > 0)
                _pairs[name] = $"{_pairs[name]},{piece}";
        }
    }

    public bool IsEmpty => _pairs.Count == 0;

    /// <summary>The value of the first of the names that has one: the first of <c>PL=received,sent</c>, or the second.</summary>
    public string? Piece(int index, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (_pairs.TryGetValue(name, out string? value) && value.Split(',') is var pieces && pieces.Length > index && pieces[index].Length > 0)
                return pieces[index];
        }

        return null;
    }

    public double? Number(int index, params ReadOnlySpan<string> names) => Number(Piece(index, names));

    public long? Whole(int index, params ReadOnlySpan<string> names) =>
        Number(index, names) is { } number && Math.Abs(number) < 1L << 53 ? (long)number : null;

    /// <summary>Written like an encoding of SDP by some: <c>PCMU/8000</c>.</summary>
    public string? Codec(string name) => Piece(0, name)?.Split('/')[0] is { Length: > 0 } codec ? codec : null;

    /// <summary>The rate behind the codec, in Hz.</summary>
    public double? Rate(string name) => Piece(0, name)?.Split('/') is [_, var rate, ..] ? Number(rate) : null;

    /// <summary><c>IP=local,remote</c>; an unspecified address says nothing.</summary>
    public IPEndPoint? End(int index) =>
        IPEndPoint.TryParse(Piece(index, "IP") ?? "", out IPEndPoint? end) && !IsUnspecified(end.Address) ? end : null;

    static bool IsUnspecified(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
}
