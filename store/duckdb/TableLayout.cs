namespace Homer.Search.Store.DuckDb;

/// <summary>The table of one kind as the catalogue wants it: a column for each field that is kept, named after it.</summary>
sealed class TableLayout
{
    /// <summary>Low 32 bits of the Call-ID's hash: a quarter of the column that a search by Call-ID would else have to read.</summary>
    public const string CallHash = "call_hash";

    static readonly TableLayout[] ByKind = [.. Enum.GetValues<DocumentKind>().Select(kind => new TableLayout(kind))];

    TableLayout(DocumentKind kind)
    {
        Kind = kind;
        Name = kind.ToString().ToLowerInvariant();
        Fields = [.. Catalogue.Of(kind).ToArray().Where(field => field.UnionOf.Count == 0)];
        Unions = [.. Catalogue.Of(kind).ToArray().Where(field => field.UnionOf.Count > 0)];
    }

    public DocumentKind Kind { get; }

    /// <summary>Name of the table.</summary>
    public string Name { get; }

    /// <summary>The fields that have a column; those made of others have none.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>The fields that are the values of others.</summary>
    public IReadOnlyList<Field> Unions { get; }

    public static IReadOnlyList<TableLayout> All => ByKind;

    public static TableLayout Of(DocumentKind kind) => ByKind[(int)kind];

    /// <summary>Every column with its SQL type.</summary>
    public IEnumerable<(string Name, string Type)> Columns() =>
        Fields.Select(field => (field.Name, SqlType(field))).Append((CallHash, "UINTEGER"));

    /// <summary>The name as an SQL identifier.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string SqlType(Field field) => field.Type switch
    {
        FieldType.Integer or FieldType.Instant => "BIGINT",
        FieldType.Decimal => "DOUBLE",
        FieldType.Boolean => "BOOLEAN",
        FieldType.Binary => "BLOB",
        _ => "VARCHAR",
    };
}
