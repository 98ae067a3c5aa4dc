using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>Writes the rows of a batch as documents of the engine, as <see cref="FieldMapping"/> lays them out.</summary>
sealed class SourceWriter
{
    static readonly SourceWriter[] ByKind = [.. Enum.GetValues<DocumentKind>().Select(kind => new SourceWriter(kind))];
    static readonly JsonEncodedText Original = JsonEncodedText.Encode(FieldMapping.Original);
    static readonly JsonEncodedText OriginalBytes = JsonEncodedText.Encode(FieldMapping.OriginalBytes);
    static readonly JsonEncodedText Words = JsonEncodedText.Encode(FieldMapping.Words);

    readonly (Field Field, int Column, JsonEncodedText Name)[] _columns;
    readonly JsonEncodedText? _journal;

    SourceWriter(DocumentKind kind)
    {
        // The journal is that of the batch; what is a union the engine copies.
        _columns = [.. Catalogue.Of(kind).ToArray().Where(field => field.UnionOf.Count == 0 && field != Fields.JournalId)
            .Select(field => (field, field.Column(kind), JsonEncodedText.Encode(field.Name)))];
        _journal = Fields.JournalId.Column(kind) >= 0 ? JsonEncodedText.Encode(Fields.JournalId.Name) : null;
    }

    public static SourceWriter Of(DocumentKind kind) => ByKind[(int)kind];

    /// <param name="json">Takes one object.</param>
    /// <param name="batch">Of this kind.</param>
    /// <param name="row">The document.</param>
    /// <param name="payload">What was captured; empty for none.</param>
    public void Write(Utf8JsonWriter json, DocumentBatch batch, int row, ReadOnlySpan<byte> payload)
    {
        json.WriteStartObject();
        foreach ((Field field, int column, JsonEncodedText name) in _columns)
        {
            if (batch.Has(row, column))
                Write(json, field, name, batch, batch.Cells(column)[row]);
        }

        if (_journal is { } journal)
            json.WriteString(journal, batch.Journal.ToString("x8", CultureInfo.InvariantCulture));
        if (!payload.IsEmpty && Utf8.IsValid(payload))
            json.WriteString(Original, payload);
        else if (!payload.IsEmpty)
            json.WriteBase64String(OriginalBytes, payload);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, Field field, JsonEncodedText name, DocumentBatch batch, ulong cell)
    {
        switch (field.Type)
        {
            case FieldType.Integer:
                json.WriteNumber(name, (long)cell);
                break;
            case FieldType.Decimal:
                json.WriteNumber(name, BitConverter.UInt64BitsToDouble(cell));
                break;
            case FieldType.Boolean:
                json.WriteBoolean(name, cell != 0);
                break;
            case FieldType.Instant:
                WriteTime(json, name, new Instant((long)cell));
                break;
            case FieldType.Ip:
                WriteAddress(json, name, batch.Bytes(cell));
                break;
            case FieldType.Binary:
                json.WriteBase64String(name, batch.Bytes(cell));
                break;
            case FieldType.Object:
                WriteObject(json, name, batch.Bytes(cell));
                break;
            case FieldType.Text:
                json.WriteString(name, batch.Bytes(cell));
                WriteWords(json, batch.Bytes(cell));
                break;
            default:
                WriteKeyword(json, name, batch.Bytes(cell), field.Many);
                break;
        }
    }

    static void WriteTime(Utf8JsonWriter json, JsonEncodedText name, Instant time)
    {
        Span<byte> text = stackalloc byte[SourceTime.Length];
        SourceTime.Format(time, text);
        json.WriteString(name, text);
    }

    static void WriteAddress(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<byte> octets)
    {
        Span<byte> text = stackalloc byte[64];
        new IPAddress(octets).TryFormat(text, out int length);
        json.WriteString(name, text[..length]);
    }

    static void WriteKeyword(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<byte> value, bool many)
    {
        if (!many)
        {
            json.WriteString(name, value);
            return;
        }

        json.WriteStartArray(name);
        foreach (Range part in value.Split((byte)'\n'))
        {
            if (!value[part].IsEmpty)
                json.WriteStringValue(value[part]);
        }

        json.WriteEndArray();
    }

    static void WriteObject(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<byte> value)
    {
        json.WriteStartArray(name);
        var reader = new Utf8JsonReader(value);
        string member = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
                member = reader.GetString()!;
            else if (reader.TokenType == JsonTokenType.String)
                json.WriteStringValue(member + FieldMapping.NameEnd + reader.GetString());
        }

        json.WriteEndArray();
    }

    static void WriteWords(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        string words = string.Join(' ', TextWords.Of(Encoding.UTF8.GetString(text))).ToLowerInvariant();
        json.WriteString(Words, words.Length == 0 ? FieldMapping.NoWord : words);
    }
}
