using System.Globalization;
using DuckDB.NET.Data;
using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>Counts, sums and percentiles of documents, by group, in one statement over every day of the range.</summary>
sealed class Measurement(DaySession session, MeasureQuery query, IReadOnlyList<DateOnly> files)
{
    const int ColumnsOfMeasure = 4;

    public IReadOnlyList<MeasureGroup> Run()
    {
        var sql = new SqlText();
        string documents = session.Matching(query.Kind, query.Range, query.Where, files, sql, Columns(sql));
        if (documents.Length == 0)
            return query.IsWhole ? [new MeasureGroup([], null, [.. query.Measures.Select(_ => Measured.None)])] : [];

        // Values of several fields would run side by side in one SELECT; each belongs with each.
        for (int number = 0; number < query.By.Count; number++)
        {
            if (query.By[number].Many)
                documents = $"SELECT *, unnest({List(number)}) AS {Group(number)} FROM ({documents})";
        }

        string[] groups = [.. query.By.Select((_, number) => Group(number)), .. query.Interval is null ? Array.Empty<string>() : [Start]];
        string selected = string.Join(", ", [.. groups, .. query.Measures.Select(Selected)]);
        string parted = groups.Length == 0 ? "" : $" GROUP BY {string.Join(", ", groups)} LIMIT {sql.Value((long)query.Most)}";
        using DuckDBDataReader rows = session.Connection.Read($"SELECT {selected} FROM ({documents}){parted}", sql.Values);
        var answers = new List<MeasureGroup>();
        while (rows.Read())
            answers.Add(Read(rows));
        return answers;
    }

    const string Start = "start";

    static string Group(int number) => $"group_{number}";

    static string List(int number) => $"list_{number}";

    static string Condition(int number) => $"condition_{number}";

    /// <summary>What the groups and measures are made of; each condition is looked at once a document.</summary>
    string Columns(SqlText sql)
    {
        var condition = new QuerySql(query.Kind, sql);
        IEnumerable<string> groups = query.By.Select((field, number) => field.Many
            ? $"coalesce({QuerySql.Values(field)}, [NULL]) AS {List(number)}"
            : $"{TableLayout.Quote(field.Name)} AS {Group(number)}");
        IEnumerable<string> conditions = query.Measures
            .Select((measure, number) => $"({condition.Compile(measure.Where)}) AS {Condition(number)}");
        IEnumerable<string> fields = query.Measures
            .Select(measure => measure.Of).OfType<Field>().Distinct().Select(field => TableLayout.Quote(field.Name));
        List<string> columns = [.. groups, .. conditions, .. fields];
        if (query.Interval is { } interval)
        {
            string step = sql.Value(interval.Ticks * TimeSpan.NanosecondsPerTick);
            columns.Add($"{TableLayout.Quote(Fields.Timestamp.Name)} // {step} * {step} AS {Start}");
        }

        return string.Join(", ", columns);
    }

    static string Selected(Measure measure, int number)
    {
        string which = $"FILTER (WHERE {Condition(number)})";
        if (measure.Of is null)
            return $"count(*) {which}, NULL, NULL, NULL";
        string field = TableLayout.Quote(measure.Of.Name);
        string shares = string.Join(", ", measure.Shares.Select(share => share.ToString(CultureInfo.InvariantCulture)));
        string percentiles = measure.Shares.Count == 0 ? "NULL" : $"quantile_cont({field}, [{shares}]) {which}";
        return $"count({field}) {which}, CAST(sum({field}) {which} AS BIGINT), max({field}) {which}, {percentiles}";
    }

    MeasureGroup Read(DuckDBDataReader row)
    {
        int column = 0;
        var values = new List<string?>();
        foreach (Field field in query.By)
        {
            values.Add(row.IsDBNull(column) ? null : Bucket.Text(DocumentReader.Value(row, column, field.Type)));
            column++;
        }

        Instant? start = query.Interval is null ? null : new Instant(row.GetInt64(column++));
        return new MeasureGroup(values, start, [.. query.Measures.Select((_, number) => Read(row, column + (number * ColumnsOfMeasure)))]);
    }

    static Measured Read(DuckDBDataReader row, int column) => new(
        row.GetInt64(column),
        Number(row, column + 1),
        Number(row, column + 2),
        row.IsDBNull(column + 3) ? [] : row.GetFieldValue<List<double>>(column + 3));

    static long Number(DuckDBDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt64(column);
}
