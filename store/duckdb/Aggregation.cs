using DuckDB.NET.Data;
using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>Counts over documents: the values of a field, and how many fall into each interval. Reads every day of the range.</summary>
sealed class Aggregation(DaySession session, DocumentKind kind, TimeRange range, Query where, IReadOnlyList<DateOnly> files)
{
    public Facet Facet(Field field, int size)
    {
        var sql = new SqlText();
        string documents = Documents(sql, $"unnest({Values(field)}) AS value");
        if (documents.Length == 0 || field.Column(kind) < 0)
            return new Facet(field, [], 0);

        var buckets = new List<Bucket>();
        long other = 0;
        using DuckDBDataReader rows = session.Connection.Read(
            $"""
            WITH counted AS (SELECT value, count(*) AS number FROM ({documents}) WHERE value IS NOT NULL GROUP BY value)
            SELECT value, number, CAST(sum(number) OVER () AS BIGINT) FROM counted ORDER BY number DESC, value LIMIT {sql.Value((long)size)}
            """,
            sql.Values);
        while (rows.Read())
        {
            buckets.Add(new Bucket(Text(field, rows, 0), rows.GetInt64(1)));
            other = rows.GetInt64(2);
        }

        return new Facet(field, buckets, other - buckets.Sum(bucket => bucket.Count));
    }

    public IReadOnlyList<HistogramBucket> Histogram(TimeSpan interval, Field? by)
    {
        var sql = new SqlText();
        string step = sql.Value(interval.Ticks * TimeSpan.NanosecondsPerTick);
        string start = $"{TableLayout.Quote(Fields.Timestamp.Name)} // {step} * {step} AS start";
        string documents = Documents(sql, by is null ? $"{start}, NULL AS value" : $"{start}, {TableLayout.Quote(by.Name)} AS value");
        if (documents.Length == 0)
            return [];

        var buckets = new List<HistogramBucket>();
        using DuckDBDataReader rows = session.Connection.Read(
            $"""
            WITH counted AS (SELECT start, value, count(*) AS number FROM ({documents}) GROUP BY start, value),
            named AS (SELECT value FROM counted WHERE value IS NOT NULL GROUP BY value ORDER BY sum(number) DESC, value LIMIT {HistogramBucket.MaxValues})
            SELECT start, counted.value IS NOT NULL AND named.value IS NULL AS is_other, named.value AS series, CAST(sum(number) AS BIGINT)
            FROM counted LEFT JOIN named ON counted.value = named.value GROUP BY ALL ORDER BY start, is_other, series
            """,
            sql.Values);
        while (rows.Read())
        {
            string? value = rows.GetBoolean(1) ? HistogramBucket.Other : rows.IsDBNull(2) ? null : Text(by!, rows, 2);
            buckets.Add(new HistogramBucket(new Instant(rows.GetInt64(0)), value, rows.GetInt64(3)));
        }

        return buckets;
    }

    string Documents(SqlText sql, string columns) => session.Matching(kind, range, where, files, sql, columns);

    /// <summary>The values of a document as a list: one, several, or those of the fields it is made of, each once.</summary>
    string Values(Field field)
    {
        if (field.UnionOf.Count == 0)
            return field.Many ? QuerySql.Values(field) : $"[{TableLayout.Quote(field.Name)}]";
        return $"list_distinct([{string.Join(", ", field.UnionOf.Where(part => part.Column(kind) >= 0).Select(part => TableLayout.Quote(part.Name)))}])";
    }

    static string Text(Field field, DuckDBDataReader row, int column) => Bucket.Text(DocumentReader.Value(row, column, field.Type));
}
