using System.Collections.Frozen;

namespace Homer.Search.Store;

/// <summary>
/// The one list of fields. Tables, index templates, query names, docs and data views come from it.
/// Adding a field is one row in <c>Fields.cs</c> and the code that fills it.
/// </summary>
public static class Catalogue
{
    internal const int KindCount = 4;

    static readonly Field[][] ByKind = new Field[KindCount][];
    static readonly FrozenDictionary<string, Field> ByNameOrAlias;

    static Catalogue()
    {
        Fields = Store.Fields.All;
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
            ByKind[(int)kind] = [.. Fields.Where(field => field.Kinds.Contains(kind))];

        var names = new Dictionary<string, Field>(StringComparer.OrdinalIgnoreCase);
        foreach (Field field in Fields)
        {
            names.Add(field.Name, field);
            foreach (string alias in field.Aliases)
                names.Add(alias, field);
        }

        ByNameOrAlias = names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Every field, in the order of <c>Fields.cs</c>.</summary>
    public static IReadOnlyList<Field> Fields { get; }

    /// <summary>The fields of one kind; a field's place here is its <see cref="Field.Column"/>.</summary>
    public static ReadOnlySpan<Field> Of(DocumentKind kind) => ByKind[(int)kind];

    /// <summary>The fields of one kind that people see: all but those only kept.</summary>
    public static IReadOnlyList<Field> Shown(DocumentKind kind) => [.. ByKind[(int)kind].Where(field => !field.StoredOnly)];

    /// <summary>The field with this name or alias, in any case; null when there is none.</summary>
    public static Field? Find(string nameOrAlias) => ByNameOrAlias.GetValueOrDefault(nameOrAlias);

    /// <summary>Every name and alias a query may use for this kind, for suggestions.</summary>
    public static IEnumerable<string> Names(DocumentKind kind) =>
        ByNameOrAlias.Where(entry => entry.Value.Column(kind) >= 0 && !entry.Value.StoredOnly).Select(entry => entry.Key);
}
