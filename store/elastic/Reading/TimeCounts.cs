using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Counts the values of a time. The engines count times by the millisecond, so each document's own is read, in order, and counted here: exact to
/// the nanosecond, and bounded.
/// </summary>
sealed class TimeCounts(IndexSearch search, FacetQuery query, Field field)
{
    const int MostHits = 10_000;
    const int MostDocuments = 200_000;

    public async Task<Facet> RunAsync(CancellationToken cancellation)
    {
        var counts = new Dictionary<long, long>();
        long? last = null;
        int read = 0;
        while (true)
        {
            int hits = 0;
            using Answer answer = await search.AskAsync(query.Kind, query.Range, Body(last), cancellation);
            foreach (JsonElement hit in IndexSearch.Hits(answer))
            {
                hits++;
                last = hit.GetProperty("sort")[0].GetInt64();
                counts[last.Value] = counts.GetValueOrDefault(last.Value) + 1;
            }

            read += hits;
            if (hits < MostHits)
                return Facet(counts);
            if (read >= MostDocuments)
                throw new StoreException($"More than {MostDocuments} documents have {field.Name}; narrow the range, or ask for a histogram.", isTransient: false) { IsMistake = true };
            // The page may have ended amid documents of one time: these are counted whole, then left behind.
            if (last is { } time)
                counts[time] = await CountAsync(new Instant(time), cancellation);
        }
    }

    async Task<long> CountAsync(Instant time, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = RequestBody.Of(json =>
        {
            json.WriteNumber("size", 0);
            json.WriteBoolean("track_total_hits", true);
            json.WritePropertyName("query");
            new QueryJson(query.Kind, json).Write(query.Range, query.Where, new Query.Equal(field, time));
        });
        using Answer answer = await search.AskAsync(query.Kind, query.Range, body, cancellation);
        return answer.Root.GetProperty("hits").GetProperty("total").GetProperty("value").GetInt64();
    }

    ReadOnlyMemory<byte> Body(long? after) => RequestBody.Of(json =>
    {
        json.WriteNumber("size", MostHits);
        json.WriteBoolean("track_total_hits", false);
        json.WriteBoolean("_source", false);
        json.WritePropertyName("query");
        new QueryJson(query.Kind, json).Write(query.Range, query.Where, new Query.Exists(field));
        json.WriteStartArray("sort");
        json.WriteStartObject();
        json.WriteString(field.Name, "asc");
        json.WriteEndObject();
        json.WriteEndArray();
        if (after is not { } time)
            return;
        json.WriteStartArray("search_after");
        json.WriteNumberValue(time);
        json.WriteEndArray();
    });

    Facet Facet(Dictionary<long, long> counts)
    {
        Bucket[] all = [.. counts.OrderByDescending(time => time.Value).ThenBy(time => time.Key)
            .Select(time => new Bucket(Bucket.Text(new Instant(time.Key)), time.Value))];
        return new Facet(field, [.. all.Take(query.Size)], all.Skip(query.Size).Sum(bucket => bucket.Count));
    }
}
