using System.Net;

namespace Homer.Search.Store;

/// <summary>
/// What to look for: the tree that the query language is read into and that each store compiles. Values already have the type of their field
/// (<see cref="FieldType"/>): <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>,
/// <see cref="Protocol.Instant"/>, <see cref="IPAddress"/>. A field without a value matches nothing but <see cref="Not"/>; of a field with several
/// values, one that matches is enough. <see cref="QueryMatch"/> says exactly what each node means.
/// </summary>
public abstract record Query
{
    /// <summary>
    /// The query in the query language, with every name and parenthesis written out: reads back as this query. (Only a range with two bounds over a
    /// field of several values cannot be written so, nor can it be read from the language.)
    /// </summary>
    public sealed override string ToString() => QueryText.Write(this);

    /// <summary>Every document.</summary>
    public sealed record Everything : Query;

    public sealed record And(IReadOnlyList<Query> Parts) : Query;

    public sealed record Or(IReadOnlyList<Query> Parts) : Query;

    public sealed record Not(Query Part) : Query;

    /// <summary>The field has exactly this value.</summary>
    public sealed record Equal(FieldPath Field, object Value) : Query;

    /// <summary>
    /// A keyword matches a pattern in which <c>*</c> stands for any characters, case-sensitive like the keyword; of a text, one of its words
    /// does, in any case.
    /// </summary>
    public sealed record Wildcard(FieldPath Field, WildcardPattern Pattern) : Query;

    /// <summary>
    /// A text field contains these words (<see cref="TextWords"/>): all of them anywhere, or next to each other in this order when
    /// <paramref name="InOrder"/>.
    /// </summary>
    public sealed record Words(FieldPath Field, string Text, bool InOrder) : Query;

    /// <summary>Bounds that are null are open; the order is that of <see cref="ValueOrder"/>.</summary>
    public sealed record Range(FieldPath Field, object? From, bool FromIncluded, object? To, bool ToIncluded) : Query;

    /// <summary>An address lies in a network.</summary>
    public sealed record Cidr(FieldPath Field, IPNetwork Network) : Query;

    /// <summary>The field has a value.</summary>
    public sealed record Exists(FieldPath Field) : Query;
}
