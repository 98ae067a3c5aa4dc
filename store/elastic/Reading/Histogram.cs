using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Counts documents by interval, page by page (<c>composite</c>), so that any number of intervals fits. The values that are told apart are found
/// first; each is then a filter, and what no filter takes is the others.
/// </summary>
sealed class Histogram(IndexSearch search, HistogramQuery query)
{
    const int MostIntervals = 1_000;
    const string Intervals = "intervals";
    const string Start = "start";
    const string Parts = "parts";

    public async Task<IReadOnlyList<HistogramBucket>> RunAsync(CancellationToken cancellation)
    {
        if (query.By is { } field && field.Column(query.Kind) < 0)
            return await RunAsync(null, [], cancellation);

        IReadOnlyList<(Bucket Bucket, Query Where)> parts = query.By is null ? [] : await PartsAsync(query.By, cancellation);
        return await RunAsync(query.By, parts, cancellation);
    }

    /// <summary>The length of an interval as the engine reads it.</summary>
    public static string Interval(TimeSpan interval) => interval >= TimeSpan.FromMilliseconds(1) && interval.Ticks % TimeSpan.TicksPerMillisecond == 0
        ? FormattableString.Invariant($"{interval.Ticks / TimeSpan.TicksPerMillisecond}ms")
        : throw new StoreException("An interval is one millisecond or a multiple of it.", isTransient: false) { IsMistake = true };

    async Task<IReadOnlyList<(Bucket Bucket, Query Where)>> PartsAsync(Field by, CancellationToken cancellation)
    {
        var most = new FacetQuery(query.Kind, query.Range, query.Where, [by], HistogramBucket.MaxValues);
        Facet facet = (await new ValueCounts(search, most).RunAsync(cancellation))[0];
        return [.. facet.Buckets.Select(bucket => (bucket, (Query)new Query.Equal(by, FieldValue.Parse(by, bucket.Value))))];
    }

    async Task<IReadOnlyList<HistogramBucket>> RunAsync(Field? by, IReadOnlyList<(Bucket Bucket, Query Where)> parts, CancellationToken cancellation)
    {
        var buckets = new List<HistogramBucket>();
        long? after = null;
        while (true)
        {
            using Answer answer = await search.AskAsync(query.Kind, query.Range, Body(by, parts, after), cancellation);
            if (!answer.Root.TryGetProperty("aggregations", out JsonElement aggregations))
                return buckets;
            JsonElement intervals = aggregations.GetProperty(Intervals);
            foreach (JsonElement interval in intervals.GetProperty("buckets").EnumerateArray())
                Read(interval, by, parts, buckets);
            if (!intervals.TryGetProperty("after_key", out JsonElement key))
                return buckets;
            after = key.GetProperty(Start).GetInt64();
        }
    }

    static void Read(JsonElement interval, Field? by, IReadOnlyList<(Bucket Bucket, Query Where)> parts, List<HistogramBucket> buckets)
    {
        var start = new Instant(interval.GetProperty("key").GetProperty(Start).GetInt64() * Instant.NanosecondsPerMillisecond);
        long others = interval.GetProperty("doc_count").GetInt64();
        if (by is null)
        {
            buckets.Add(new HistogramBucket(start, null, others));
            return;
        }

        int index = 0;
        foreach (JsonElement part in interval.GetProperty(Parts).GetProperty("buckets").EnumerateArray())
        {
            // The last filter is that of the documents without the field.
            string? value = index < parts.Count ? parts[index].Bucket.Value : null;
            index++;
            Add(value, part.GetProperty("doc_count").GetInt64());
        }

        Add(HistogramBucket.Other, others);

        void Add(string? value, long count)
        {
            if (count > 0)
                buckets.Add(new HistogramBucket(start, value, count));
            others -= count;
        }
    }

    ReadOnlyMemory<byte> Body(Field? by, IReadOnlyList<(Bucket Bucket, Query Where)> parts, long? after) => RequestBody.Of(json =>
    {
        json.WriteNumber("size", 0);
        json.WriteBoolean("track_total_hits", false);
        json.WritePropertyName("query");
        var where = new QueryJson(query.Kind, json);
        where.Write(query.Range, query.Where);
        json.WriteStartObject("aggs");
        json.WriteStartObject(Intervals);
        json.WriteStartObject("composite");
        json.WriteNumber("size", MostIntervals);
        json.WriteStartArray("sources");
        json.WriteStartObject();
        json.WriteStartObject(Start);
        json.WriteStartObject("date_histogram");
        json.WriteString("field", Fields.Timestamp.Name);
        json.WriteString("fixed_interval", Interval(query.Interval));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        if (after is { } start)
        {
            json.WriteStartObject("after");
            json.WriteNumber(Start, start);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (by is not null)
            WriteParts(json, where, by, parts);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    static void WriteParts(Utf8JsonWriter json, QueryJson where, Field by, IReadOnlyList<(Bucket Bucket, Query Where)> parts)
    {
        json.WriteStartObject("aggs");
        json.WriteStartObject(Parts);
        json.WriteStartObject("filters");
        json.WriteStartArray("filters");
        foreach ((_, Query part) in parts)
            where.Write(part);
        where.Write(new Query.Not(new Query.Exists(by)));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
