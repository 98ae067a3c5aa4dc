using System.Globalization;

namespace Homer.Search.Protocol.Json;

/// <summary>The leaves of one JSON object by name, in any case; of a name that repeats the last counts.</summary>
public sealed class JsonObject
{
    readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public JsonObject(IEnumerable<JsonLeaf> leaves)
    {
        foreach (JsonLeaf leaf in leaves)
            _values[leaf.Name.ToString()] = leaf.Text;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Null when absent or empty.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out string? text) && text.Length > 0 ? text : null;

    /// <summary>A number, or a string that says one; null when it is neither.</summary>
    public double? Decimal(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>A whole number; null when it is none, or beyond 2⁵³.</summary>
    public long? Whole(string name) => Decimal(name) is { } number && Math.Abs(number) < 1L << 53 ? (long)number : null;

    /// <summary>A whole number of 32 bits without a sign.</summary>
    public uint? Word(string name) => Whole(name) is { } number and >= 0 and <= uint.MaxValue ? (uint)number : null;
}
