using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>Drops whole days: an index holds one kind and day, so deleting it costs nothing and leaves nothing behind.</summary>
sealed class Retention(ElasticClient client, IndexNames names)
{
    const string Sizes = "_stats/store?level=shards&filter_path=indices.*.shards.*.routing.node,indices.*.shards.*.store.size_in_bytes";

    readonly DiskSpace _disks = new(client);

    public async Task<RetentionReport> ApplyAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation)
    {
        IReadOnlyList<StoredDay> days = await DaysAsync(cancellation);
        if (policy.ByEngine)
            return new RetentionReport([], FreedBytes: 0, days.Sum(day => day.Bytes));
        // Who wants everything kept is not robbed of it by a full disk.
        IReadOnlyList<DiskShortage> shortages = policy is { Days: null, Bytes: null } ? [] : await _disks.ShortagesAsync(cancellation);
        IReadOnlyList<StoredDay> dropped = RetentionChoice.Of(days, policy, now.Day, shortages);
        foreach (StoredDay day in dropped)
        {
            using Answer answer = await client.SendAsync(
                HttpMethod.Delete, $"{string.Join(',', day.Indices)}?ignore_unavailable=true", default, cancellation);
        }

        long freed = dropped.Sum(day => day.Bytes);
        return new RetentionReport([.. dropped.Select(day => day.Day)], freed, days.Sum(day => day.Bytes) - freed)
        {
            Shortage = shortages.Count == 0 ? null : string.Join("; ", shortages),
        };
    }

    /// <summary>What is stored, the oldest day first.</summary>
    async Task<IReadOnlyList<StoredDay>> DaysAsync(CancellationToken cancellation)
    {
        string all = string.Join(',', Enum.GetValues<DocumentKind>().Select(names.All));
        using Answer answer = await client.SendAsync(HttpMethod.Get, $"{all}/{Sizes}", default, cancellation, mayMiss: true);
        var days = new SortedDictionary<DateOnly, StoredDay>();
        if (!answer.Root.TryGetProperty("indices", out JsonElement indices))
            return [];
        foreach (JsonProperty index in indices.EnumerateObject())
        {
            if (names.Parse(index.Name) is not { } parsed)
                continue;
            if (!days.TryGetValue(parsed.Day, out StoredDay? day))
                days.Add(parsed.Day, day = new StoredDay(parsed.Day));
            day.Indices.Add(index.Name);
            foreach (JsonElement copy in index.Value.GetProperty("shards").EnumerateObject().SelectMany(shard => shard.Value.EnumerateArray()))
                day.Add(copy.GetProperty("routing").GetProperty("node").GetString()!, copy.GetProperty("store").GetProperty("size_in_bytes").GetInt64());
        }

        return [.. days.Values];
    }
}
