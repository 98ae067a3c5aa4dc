using System.Net;

namespace Homer.Search.Store;

/// <summary>
/// What to look for: the tree that the query language is read into and that each store compiles. Values already have the type of their field
/// (<see cref="FieldType"/>): <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>,
/// <see cref="Protocol.Instant"/>, <see cref="IPAddress"/>. A field without a value matches nothing but <see cref="Not"/>.
/// </summary>
public abstract record Query
{
    /// <summary>Every document.</summary>
    public sealed record Everything : Query;

    public sealed record And(IReadOnlyList<Query> Parts) : Query;

    public sealed record Or(IReadOnlyList<Query> Parts) : Query;

    public sealed record Not(Query Part) : Query;

    /// <summary>The field has exactly this value (one of its values, when it has many).</summary>
    public sealed record Equal(FieldPath Field, object Value) : Query;

    /// <summary>A keyword matches a pattern in which <c>*</c> stands for any characters; case-sensitive like the keyword.</summary>
    public sealed record Wildcard(FieldPath Field, WildcardPattern Pattern) : Query;

    /// <summary>A text field contains these words: all of them anywhere, or in this order when <paramref name="InOrder"/>.</summary>
    public sealed record Words(FieldPath Field, string Text, bool InOrder) : Query;

    /// <summary>Bounds that are null are open.</summary>
    public sealed record Range(FieldPath Field, object? From, bool FromIncluded, object? To, bool ToIncluded) : Query;

    /// <summary>An address lies in a network.</summary>
    public sealed record Cidr(FieldPath Field, IPNetwork Network) : Query;

    /// <summary>The field has a value.</summary>
    public sealed record Exists(FieldPath Field) : Query;
}

/// <summary>A field, and for <see cref="FieldType.Object"/> the name within it.</summary>
public readonly record struct FieldPath(Field Field, string? Name = null)
{
    public static implicit operator FieldPath(Field field) => new(field);

    public override string ToString() => Name is null ? Field.Name : $"{Field.Name}.{Name}";
}

/// <summary>
/// The literal parts between the <c>*</c> of a pattern: <c>+49*</c> is <c>["+49", ""]</c>, <c>*42*</c> is <c>["", "42", ""]</c>.
/// Always at least two parts.
/// </summary>
public sealed record WildcardPattern(IReadOnlyList<string> Parts)
{
    public override string ToString() => string.Join('*', Parts);
}
