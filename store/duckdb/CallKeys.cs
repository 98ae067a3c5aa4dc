using System.Text;
using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// Hashes of which a call has at least one whenever a query finds it: of its Call-ID, or of an identifier. They stand in small columns of their own, so the
/// legs of a call are found without reading the identifiers of all calls.
/// </summary>
/// <param name="Calls">Hashes of Call-IDs.</param>
/// <param name="Identifiers">Hashes of values of <c>call.identifiers</c>.</param>
sealed record CallKeys(IReadOnlySet<uint> Calls, IReadOnlySet<uint> Identifiers)
{
    /// <summary>What a query for calls demands; null when it may find calls that have none of any set.</summary>
    public static CallKeys? Of(Query query) => query switch
    {
        Query.Equal { Value: string callId } equal when equal.Field.Field == Fields.CallId => new CallKeys(new HashSet<uint> { Hash(callId) }, new HashSet<uint>()),
        Query.Equal { Value: string value } equal when equal.Field.Field == Fields.Identifiers => new CallKeys(new HashSet<uint>(), new HashSet<uint> { Hash(value) }),
        Query.And and => and.Parts.Select(Of).FirstOrDefault(static keys => keys is not null),
        Query.Or { Parts.Count: > 0 } or => Union([.. or.Parts.Select(Of)]),
        _ => null,
    };

    /// <summary>
    /// The rows of a day's calls that have one of them. They stay those rows as long as the transaction lasts. In one statement with what is asked of the
    /// rows, the engine took half a second now and then: it guesses how many there are, and whether to read all calls first.
    /// </summary>
    public List<long> Rows(DuckDBConnection connection, DayFile day)
    {
        List<uint> calls = [.. Calls];
        if (Identifiers.Count > 0)
        {
            using DuckDBDataReader found = connection.Read(
                $"SELECT {TableLayout.CallHash} FROM {day.Identifiers} WHERE hash IN (SELECT unnest($1))", Identifiers.ToList());
            while (found.Read())
                calls.Add(found.GetFieldValue<uint>(0));
        }

        var rows = new List<long>();
        if (calls.Count == 0)
            return rows;
        using DuckDBDataReader reader = connection.Read(
            $"SELECT rowid FROM {day.Table(DocumentKind.Call)} WHERE {TableLayout.CallHash} IN (SELECT unnest($1))", calls);
        while (reader.Read())
            rows.Add(reader.GetInt64(0));
        return rows;
    }

    /// <summary>Adds the hash of each identifier of a batch of calls, and beside it that of its call.</summary>
    public static void AddIdentifiers(DocumentBatch batch, List<uint> identifiers, List<uint> calls)
    {
        (int source, int callId) = (Fields.Identifiers.Column(DocumentKind.Call), Fields.CallId.Column(DocumentKind.Call));
        for (int row = 0; row < batch.Count; row++)
        {
            if (!batch.Has(row, source))
                continue;
            ReadOnlySpan<byte> values = batch.Bytes(batch.Cells(source)[row]);
            foreach (Range value in values.Split((byte)'\n'))
            {
                identifiers.Add(CallHash.Of(values[value]));
                calls.Add(CallHash.Of(batch.Bytes(batch.Cells(callId)[row])));
            }
        }
    }

    static CallKeys? Union(CallKeys?[] parts) => Array.Exists(parts, static part => part is null)
        ? null
        : new CallKeys(parts.SelectMany(static part => part!.Calls).ToHashSet(), parts.SelectMany(static part => part!.Identifiers).ToHashSet());

    static uint Hash(string value) => CallHash.Of(Encoding.UTF8.GetBytes(value));
}
