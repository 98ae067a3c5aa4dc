using System.ComponentModel;
using GraphQL;
using GraphQL.Types;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>From inclusive, to exclusive.</summary>
[Name("TimeRange")]
public sealed record TimeRangeInput
{
    /// <summary>The first moment of the range.</summary>
    [InputType(typeof(NonNullGraphType<InstantGraphType>))]
    public required string From { get; init; }

    /// <summary>The moment behind it.</summary>
    [InputType(typeof(NonNullGraphType<InstantGraphType>))]
    public required string To { get; init; }

    internal TimeRange Read(CaptureQueries queries) => queries.Range(From, To);
}

/// <summary>An order by one field.</summary>
[Name("Sort")]
public sealed record SortInput
{
    /// <summary>Name of a field, or one of its short names.</summary>
    public required string Field { get; init; }

    /// <summary>Smallest first unless said otherwise.</summary>
    [DefaultValue(SortOrder.Asc)]
    public SortOrder Order { get; init; } = SortOrder.Asc;

    internal static IReadOnlyList<Sort>? Read(DocumentKind kind, IReadOnlyList<SortInput>? sort) =>
        sort is null ? null : [.. sort.Select(by => CaptureQueries.SortBy(kind, by.Field, by.Order == SortOrder.Desc))];
}

/// <summary>Which end comes first.</summary>
public enum SortOrder
{
    /// <summary>Smallest or oldest first.</summary>
    Asc,

    /// <summary>Greatest or newest first.</summary>
    Desc,
}
