namespace Homer.Search.Store;

/// <summary>One row of the <see cref="Catalogue"/>.</summary>
public sealed class Field
{
    readonly int[] _columns;

    internal Field(string name, FieldType type, IReadOnlyList<DocumentKind> kinds, string description)
    {
        Name = name;
        Type = type;
        Kinds = kinds;
        Description = description;
        _columns = new int[Catalogue.KindCount];
        Array.Fill(_columns, -1);
    }

    /// <summary>Dotted name as in ECS and Packetbeat, e.g. <c>sip.from.uri.username</c>.</summary>
    public string Name { get; }

    public FieldType Type { get; }

    /// <summary>The kinds of document that have this field.</summary>
    public IReadOnlyList<DocumentKind> Kinds { get; }

    /// <summary>One sentence for people: docs, GraphQL, Kibana.</summary>
    public string Description { get; }

    /// <summary>Unit of a number (<c>ms</c>, <c>bytes</c> …); null when it has none.</summary>
    public string? Unit { get; init; }

    /// <summary>Other names under which a query may call it: short names and those of HOMER 7.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Several values may stand in one document.</summary>
    public bool Many { get; init; }

    /// <summary>Stored and shown, but no query may name it.</summary>
    public bool StoredOnly { get; init; }

    /// <summary>
    /// When not empty the field is the set of values of these other fields; a store may keep it (Elasticsearch) or search the others (DuckDB).
    /// </summary>
    public IReadOnlyList<Field> UnionOf { get; init; } = [];

    /// <summary>Whether documents can be put in its order: it has one value that compares.</summary>
    public bool IsSortable => !Many && !StoredOnly && UnionOf.Count == 0 && Type is not (FieldType.Text or FieldType.Object or FieldType.Binary);

    /// <summary>Where the field stands among the fields of <paramref name="kind"/>; −1 when that kind lacks it.</summary>
    public int Column(DocumentKind kind) => _columns[(int)kind];

    internal void Place(DocumentKind kind, int column) => _columns[(int)kind] = column;

    public override string ToString() => Name;
}
