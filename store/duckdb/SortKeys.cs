using DuckDB.NET.Data;
using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>The order of a page, made total: what was asked, then time, then the place in the journal (of a call, its Call-ID).</summary>
sealed class SortKeys
{
    readonly List<(string Column, bool Descending)> _keys = [];

    public SortKeys(CaptureQuery query)
    {
        foreach (Sort sort in query.Sort)
        {
            if (sort.Field.Column(query.Kind) < 0 || !sort.Field.IsSortable)
                throw new StoreException($"Documents of kind {query.Kind} cannot be sorted by {sort.Field.Name}. Choose a field of theirs that has one value.", isTransient: false) { IsMistake = true };
            Add(sort.Field, sort.Descending);
        }

        bool descending = query.Sort.Count == 0 || query.Sort[^1].Descending;
        Add(Fields.Timestamp, descending);
        foreach (Field field in query.Kind == DocumentKind.Call ? [Fields.CallId] : (ReadOnlySpan<Field>)[Fields.Sequence, Fields.JournalId])
            Add(field, descending);
    }

    /// <summary>Whether time comes first, so that days can be read one after another.</summary>
    public bool IsByTime => _keys[0].Column == TableLayout.Quote(Fields.Timestamp.Name);

    /// <summary>Whether the newest comes first; of use when <see cref="IsByTime"/>.</summary>
    public bool NewestFirst => _keys[0].Descending;

    public int Count => _keys.Count;

    /// <summary>Names the order, so that a cursor of another is not taken.</summary>
    public string Signature => string.Join(',', _keys.Select(key => key.Column + (key.Descending ? '-' : '+')));

    /// <summary>The keys as columns <c>k0</c>, <c>k1</c> …</summary>
    public string Columns => string.Join(", ", _keys.Select((key, index) => $"{key.Column} AS k{index}"));

    /// <summary>What has no value comes last in either direction.</summary>
    public string OrderBy => string.Join(", ", _keys.Select((key, index) => $"k{index} {(key.Descending ? "DESC" : "ASC")} NULLS LAST"));

    /// <summary>The condition for what comes behind the values of a cursor.</summary>
    public string Behind(IReadOnlyList<object?> values, SqlText sql)
    {
        string condition = "FALSE";
        for (int index = _keys.Count - 1; index >= 0; index--)
        {
            (string column, bool descending) = _keys[index];
            condition = values[index] is { } value
                ? $"({column} {(descending ? "<" : ">")} {sql.Value(value)} OR {column} IS NULL OR ({column} = {sql.Value(value)} AND {condition}))"
                : $"({column} IS NULL AND {condition})";
        }

        return condition;
    }

    /// <summary>The values of the keys in a row, from a column on.</summary>
    public object?[] Read(DuckDBDataReader row, int from) =>
        [.. Enumerable.Range(from, Count).Select(column => row.IsDBNull(column) ? null : row.GetValue(column))];

    /// <summary>The part of a range that can lie behind a cursor.</summary>
    public TimeRange Narrow(TimeRange range, IReadOnlyList<object?>? after)
    {
        if (after is null || !IsByTime || after[0] is not long time)
            return range;
        return NewestFirst
            ? range with { To = new Instant(Math.Min(range.To.Nanoseconds, time + 1)) }
            : range with { From = new Instant(Math.Max(range.From.Nanoseconds, time)) };
    }

    void Add(Field field, bool descending)
    {
        string column = TableLayout.Quote(field.Name);
        if (!_keys.Exists(key => key.Column == column))
            _keys.Add((column, descending));
    }
}
