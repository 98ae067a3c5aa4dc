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
    const int MostUpdates = 1000;

    const string Get = "_mget?filter_path=docs._index,docs._seq_no,docs._primary_term,docs.found,docs._source,docs.error.type,docs.error.reason";

    /// <summary>Octets of the hash that names a summary: enough that no two Call-IDs share one.</summary>
    const int HashLength = 16;

    /// <summary>Days that were seen to have calls; those that have none yet are asked about once for all updates, since a missing index costs the engine much.</summary>
    readonly HashSet<string> _indices = [];

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
            body.Create(names.Of(update.Kind, update.FirstTime.Day, update.Namespace), Id(update), _merged, 0);
        else
            body.Replace(stored.Index, Id(update), stored.Revision, _merged, 0);
        return true;
    }

    async Task<StoredSummary?[]> ReadAsync(SummaryUpdate[] updates, CancellationToken cancellation)
    {
        await FindIndicesAsync(updates, cancellation);
        var stored = new StoredSummary?[updates.Length];
        (int Update, string Index, string Id)[] places =
        [
            .. updates.SelectMany((update, number) => IndicesOf(update).Where(_indices.Contains).Select(index => (number, index, Id(update)))),
        ];
        if (places.Length == 0)
            return stored;
        using Answer answer = await GetAsync(places.Select(place => (place.Index, place.Id)), cancellation);
        foreach ((JsonElement document, int number) in Documents(answer).Zip(places, (document, place) => (document, place.Update)))
        {
            if (stored[number] is null && IsThere(document) && document.TryGetProperty("found", out JsonElement found) && found.GetBoolean())
                stored[number] = StoredSummary.Read(document);
        }

        return stored;
    }

    async Task FindIndicesAsync(SummaryUpdate[] updates, CancellationToken cancellation)
    {
        string[] unknown = [.. updates.SelectMany(IndicesOf).Distinct().Where(index => !_indices.Contains(index))];
        if (unknown.Length == 0)
            return;
        using Answer answer = await GetAsync(unknown.Select(index => (index, "none")), cancellation);
        _indices.UnionWith(Documents(answer).Zip(unknown).Where(pair => IsThere(pair.First)).Select(pair => pair.Second));
    }

    async Task<Answer> GetAsync(IEnumerable<(string Index, string Id)> documents, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = RequestBody.Of(json =>
        {
            json.WriteStartArray("docs");
            foreach ((string index, string id) in documents)
            {
                json.WriteStartObject();
                json.WriteString("_index", index);
                json.WriteString("_id", id);
                json.WriteString("_source", Fields.Summary.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        return await client.SendAsync(HttpMethod.Post, Get, body, cancellation);
    }

    IEnumerable<string> IndicesOf(SummaryUpdate update) => Days.Select(day => names.Of(update.Kind, update.FirstTime.Day.AddDays(day), update.Namespace));

    static JsonElement.ArrayEnumerator Documents(Answer answer) => answer.Root.GetProperty("docs").EnumerateArray();

    /// <summary>Whether the index is; a day without calls has none, which is told as an error of the item.</summary>
    bool IsThere(JsonElement document)
    {
        if (!document.TryGetProperty("error", out JsonElement error))
            return true;
        return EngineErrors.Reason(error).Contains("index_not_found", StringComparison.Ordinal)
            ? false
            : throw new StoreException($"{client.Address} could not read a stored call: {EngineErrors.Reason(error)}.", isTransient: true);
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
