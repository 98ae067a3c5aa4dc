using System.Text;
using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>A summary as a day has it.</summary>
sealed record StoredSummary(DateOnly Day, long Row, byte[] Summary)
{
    /// <summary>
    /// Reads what the day has for some of the updates. First only the hashes of the day's calls are scanned; Call-IDs and summaries, which are by far
    /// the larger columns, are then read of the rows that matched alone.
    /// </summary>
    public static void Read(DuckDBConnection connection, DayFile day, SummaryUpdate[] updates, IEnumerable<int> wanted, StoredSummary?[] found)
    {
        ILookup<uint, int> byHash = wanted.ToLookup(index => CallHash.Of(updates[index].Key.Span));
        Dictionary<long, uint> hashByRow = Rows(connection, day, [.. byHash.Select(hash => hash.Key)]);
        if (hashByRow.Count == 0)
            return;

        string sql = $"""
            SELECT rowid, {TableLayout.Quote(Fields.CallId.Name)}, {TableLayout.Quote(Fields.Summary.Name)}
            FROM {day.Table(DocumentKind.Call)} WHERE rowid IN (SELECT unnest($1))
            """;
        using DuckDBDataReader reader = connection.Read(sql, hashByRow.Keys.ToList());
        while (reader.Read())
        {
            long row = reader.GetInt64(0);
            byte[] callId = Encoding.UTF8.GetBytes(reader.GetString(1));
            foreach (int index in byHash[hashByRow[row]])
            {
                if (updates[index].Key.Span.SequenceEqual(callId))
                    found[index] = new StoredSummary(day.Day, row, DocumentReader.Bytes(reader, 2));
            }
        }
    }

    static Dictionary<long, uint> Rows(DuckDBConnection connection, DayFile day, List<uint> hashes)
    {
        var hashByRow = new Dictionary<long, uint>();
        using DuckDBDataReader reader = connection.Read(
            $"SELECT rowid, {TableLayout.CallHash} FROM {day.Table(DocumentKind.Call)} WHERE {TableLayout.CallHash} IN (SELECT unnest($1))", hashes);
        while (reader.Read())
            hashByRow.Add(reader.GetInt64(0), reader.GetFieldValue<uint>(1));
        return hashByRow;
    }
}
