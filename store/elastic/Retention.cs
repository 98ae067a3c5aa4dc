using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>Drops whole days: an index holds one kind and day, so deleting it costs nothing and leaves nothing behind.</summary>
sealed class Retention(ElasticClient client, IndexNames names)
{
    public async Task<RetentionReport> ApplyAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation)
    {
        var days = new SortedDictionary<DateOnly, List<(string Index, long Bytes)>>();
        foreach ((string index, long bytes) in await IndicesAsync(cancellation))
        {
            if (names.Parse(index) is not { } parsed)
                continue;
            if (!days.TryGetValue(parsed.Day, out List<(string, long)>? indices))
                days.Add(parsed.Day, indices = []);
            indices.Add((index, bytes));
        }

        long kept = days.Values.Sum(Size);
        long freed = 0;
        var dropped = new List<DateOnly>();
        // The newest day is being written.
        foreach ((DateOnly day, List<(string Index, long Bytes)> indices) in days.SkipLast(1))
        {
            bool isOld = policy.Days is { } wanted && day < now.Day.AddDays(-wanted);
            if (!isOld && (policy.Bytes is not { } most || kept <= most))
                break;
            using Answer answer = await client.SendAsync(
                HttpMethod.Delete, $"{string.Join(',', indices.Select(index => index.Index))}?ignore_unavailable=true", default, cancellation);
            dropped.Add(day);
            freed += Size(indices);
            kept -= Size(indices);
        }

        return new RetentionReport(dropped, freed, kept);
    }

    static long Size(List<(string Index, long Bytes)> indices) => indices.Sum(index => index.Bytes);

    async Task<IReadOnlyList<(string Index, long Bytes)>> IndicesAsync(CancellationToken cancellation)
    {
        string all = string.Join(',', Enum.GetValues<DocumentKind>().Select(names.All));
        using Answer answer = await client.SendAsync(HttpMethod.Get, $"{all}/_stats/store?filter_path=indices.*.total.store.size_in_bytes", default, cancellation, mayMiss: true);
        return answer.Root.TryGetProperty("indices", out JsonElement indices)
            ? [.. indices.EnumerateObject().Select(index => (index.Name, index.Value.GetProperty("total").GetProperty("store").GetProperty("size_in_bytes").GetInt64()))]
            : [];
    }
}
