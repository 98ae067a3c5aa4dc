using DuckDB.NET.Data;
using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>Reads documents of one kind from rows whose first columns are those of <see cref="Columns"/>.</summary>
/// <param name="kind">Of all documents.</param>
/// <param name="fields">The fields to be read, none of them a union.</param>
sealed class DocumentReader(DocumentKind kind, IReadOnlyList<Field> fields)
{
    readonly Field[] _unions = [.. TableLayout.Of(kind).Unions];
    readonly int _width = Catalogue.Of(kind).Length;

    /// <summary>One that reads whole documents.</summary>
    public static DocumentReader Of(DocumentKind kind) => new(kind, TableLayout.Of(kind).Fields);

    /// <summary>The columns to select.</summary>
    public string Columns { get; } = string.Join(", ", fields.Select(field => TableLayout.Quote(field.Name)));

    /// <summary>How many columns that is.</summary>
    public int ColumnCount => fields.Count;

    public Document Read(DuckDBDataReader row)
    {
        var values = new object?[_width];
        for (int column = 0; column < fields.Count; column++)
        {
            if (!row.IsDBNull(column))
                values[fields[column].Column(kind)] = Value(row, column, fields[column]);
        }

        foreach (Field union in _unions)
        {
            string[] members = [.. union.UnionOf.Select(field => field.Column(kind)).Where(column => column >= 0)
                .Select(column => values[column]?.ToString()!).Where(text => text is not null).Distinct()];
            values[union.Column(kind)] = members.Length == 0 ? null : members;
        }

        return new Document(kind, Id(values), values);
    }

    static object Value(DuckDBDataReader row, int column, Field field) =>
        field.Many ? row.GetString(column).Split('\n', StringSplitOptions.RemoveEmptyEntries) : Value(row, column, field.Type);

    string Id(object?[] values)
    {
        if (kind == DocumentKind.Call)
            return (string)values[Fields.CallId.Column(kind)]!;
        uint journal = Convert.ToUInt32((string)values[Fields.JournalId.Column(kind)]!, 16);
        return new DocumentId((Instant)values[Fields.Timestamp.Column(kind)]!, journal, (long)values[Fields.Sequence.Column(kind)]!).ToString();
    }

    /// <summary>One value as C# has it.</summary>
    public static object Value(DuckDBDataReader row, int column, FieldType type) => type switch
    {
        FieldType.Integer => row.GetInt64(column),
        FieldType.Instant => new Instant(row.GetInt64(column)),
        FieldType.Decimal => row.GetDouble(column),
        FieldType.Boolean => row.GetBoolean(column),
        FieldType.Ip => AddressText.Parse(row.GetString(column)),
        FieldType.Binary => Bytes(row, column),
        _ => row.GetString(column),
    };

    /// <summary>The octets of a BLOB.</summary>
    public static byte[] Bytes(DuckDBDataReader row, int column)
    {
        using Stream stream = row.GetStream(column);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
