using System.Security.Cryptography;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Merges the summaries of a unit into those stored. A call stays in the day under which it was first stored; it is looked for there and on the
/// neighbouring days, by its identity, so that nothing waits for a refresh. When another writer was faster, it is read and merged anew.
/// </summary>
sealed class SummaryMerge(ElasticClient client, BulkSender sender, IndexNames names, int bulkBytes)
{
    /// <summary>Updates read and written together.</summary>
    const int MostUpdates = 500;

    /// <summary>Octets of the hash that names a summary: enough that no two Call-IDs share one.</summary>
    const int HashLength = 16;

    readonly DocumentBatch _merged = new(DocumentKind.Call, journal: 0);

    /// <summary>The day itself first, then its neighbours.</summary>
    static readonly int[] Days = [0, -1, 1];

    public async Task ApplyAsync(IReadOnlyCollection<SummaryUpdate> updates, CancellationToken cancellation)
    {
        using var body = new BulkBody(bulkBytes);
        foreach (SummaryUpdate[] some in updates.Chunk(MostUpdates))
        {
            SummaryUpdate[] open = some;
            while (open.Length > 0)
                open = await MergeAsync(open, body, cancellation);
        }
    }

    /// <summary>The updates that met a change of another writer.</summary>
    async Task<SummaryUpdate[]> MergeAsync(SummaryUpdate[] updates, BulkBody body, CancellationToken cancellation)
    {
        StoredSummary?[] stored = await ReadAsync(updates, cancellation);
        var sent = new List<SummaryUpdate>();
        body.Clear();
        for (int index = 0; index < updates.Length; index++)
        {
            if (Merge(updates[index], stored[index], body))
                sent.Add(updates[index]);
        }

        if (sent.Count == 0)
            return [];
        Verdict[] verdicts = await sender.SendAsync(body.Bytes, body.Items, cancellation);
        return [.. sent.Where((_, index) => verdicts[index] == Verdict.Conflict)];
    }

    bool Merge(SummaryUpdate update, StoredSummary? stored, BulkBody body)
    {
        _merged.Clear();
        if (!update.Merge(stored is null ? [] : stored.Summary, _merged))
            return false;
        if (stored is null)
            body.Create(names.Of(update.Kind, update.FirstTime.Day), Id(update), _merged, 0);
        else
            body.Replace(stored.Index, Id(update), stored.Revision, _merged, 0);
        return true;
    }

    async Task<StoredSummary?[]> ReadAsync(SummaryUpdate[] updates, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = RequestBody.Of(json =>
        {
            json.WriteStartArray("docs");
            foreach (SummaryUpdate update in updates)
            {
                foreach (int day in Days)
                {
                    json.WriteStartObject();
                    json.WriteString("_index", names.Of(update.Kind, update.FirstTime.Day.AddDays(day)));
                    json.WriteString("_id", Id(update));
                    json.WriteString("_source", Fields.Summary.Name);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
        });
        using Answer answer = await client.SendAsync(HttpMethod.Post, "_mget", body, cancellation);
        var stored = new StoredSummary?[updates.Length];
        int place = 0;
        foreach (JsonElement document in answer.Root.GetProperty("docs").EnumerateArray())
        {
            int index = place++ / Days.Length;
            // A day without calls has no index, which is told as an error of the item.
            if (document.TryGetProperty("error", out JsonElement error) && !EngineErrors.Reason(error).Contains("index_not_found", StringComparison.Ordinal))
                throw new StoreException($"{client.Address} could not read a stored call: {EngineErrors.Reason(error)}.", isTransient: true);
            if (stored[index] is null && document.TryGetProperty("found", out JsonElement found) && found.GetBoolean())
                stored[index] = StoredSummary.Read(document);
        }

        return stored;
    }

    static string Id(SummaryUpdate update) => Convert.ToHexStringLower(SHA256.HashData(update.Key.Span).AsSpan(0, HashLength));

    sealed record StoredSummary(string Index, Revision Revision, byte[] Summary)
    {
        public static StoredSummary Read(JsonElement document) => new(
            document.GetProperty("_index").GetString()!,
            new Revision(document.GetProperty("_seq_no").GetInt64(), document.GetProperty("_primary_term").GetInt64()),
            document.GetProperty("_source").GetProperty(Fields.Summary.Name).GetBytesFromBase64());
    }
}
