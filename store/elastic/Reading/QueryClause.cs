using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>Writes the single clauses that a query is made of, and values as the engine reads them.</summary>
readonly struct QueryClause(Utf8JsonWriter json)
{
    /// <summary>A value between two others, either of which may be open.</summary>
    public void Bounds(string field, object? from, string fromWord, object? to, string toWord)
    {
        json.WriteStartObject();
        json.WriteStartObject("range");
        json.WriteStartObject(field);
        if (from is not null)
            WriteValue(fromWord, from);
        if (to is not null)
            WriteValue(toWord, to);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A clause about one value: <c>term</c>, <c>prefix</c>, <c>wildcard</c>, <c>match_phrase</c>, <c>exists</c>.</summary>
    public void Value(string query, string field, object value)
    {
        json.WriteStartObject();
        json.WriteStartObject(query);
        WriteValue(field, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteValue(string name, object value)
    {
        switch (value)
        {
            case long number:
                json.WriteNumber(name, number);
                break;
            case double number:
                json.WriteNumber(name, number);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            case Instant time:
                // The engines hold no time before 1970.
                json.WriteString(name, new Instant(Math.Max(0, time.Nanoseconds)).ToString());
                break;
            case IPAddress address:
                json.WriteString(name, address.ToString());
                break;
            default:
                json.WriteString(name, (string)value);
                break;
        }
    }

    /// <summary>A clause that needs nothing: <c>match_all</c>, <c>match_none</c>.</summary>
    public void Empty(string query)
    {
        json.WriteStartObject();
        json.WriteStartObject(query);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An address from its place in the order of addresses (<see cref="ValueOrder.Number"/>).</summary>
    public static IPAddress Address(UInt128 number)
    {
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, number);
        var address = new IPAddress(octets);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    /// <summary>Literal text inside a wildcard pattern.</summary>
    public static string Escape(string literal)
    {
        var escaped = new StringBuilder(literal.Length);
        foreach (char letter in literal)
        {
            if (letter is '*' or '?' or '\\')
                escaped.Append('\\');
            escaped.Append(letter);
        }

        return escaped.ToString();
    }
}
