using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// Counts, sums and percentiles of documents: each measure is a filter with what is added up in it. Groups are read page by page
/// (<c>composite</c>). Percentiles are the engine's (t-digest).
/// </summary>
sealed class Measurement(IndexSearch search, MeasureQuery query)
{
    /// <summary>Each takes a bucket for every measure, of 65,536 that an answer may have.</summary>
    const int GroupsOfPage = 200;

    const string Groups = "groups";
    const string Start = "start";

    readonly MeasureJson _measures = new(query.Kind, query.Measures);

    public async Task<IReadOnlyList<MeasureGroup>> RunAsync(CancellationToken cancellation)
    {
        if (query.IsWhole)
            return [await WholeAsync(cancellation)];

        var groups = new List<MeasureGroup>();
        JsonElement? after = null;
        while (true)
        {
            using Answer answer = await search.AskAsync(query.Kind, query.Range, Body(after), cancellation);
            if (!answer.Root.TryGetProperty("aggregations", out JsonElement aggregations))
                return groups;
            JsonElement page = aggregations.GetProperty(Groups);
            groups.AddRange(page.GetProperty("buckets").EnumerateArray().Select(Read));
            if (groups.Count >= query.Most || !page.TryGetProperty("after_key", out JsonElement key))
                return [.. groups.Take(query.Most)];
            after = key.Clone();
        }
    }

    async Task<MeasureGroup> WholeAsync(CancellationToken cancellation)
    {
        using Answer answer = await search.AskAsync(query.Kind, query.Range, Body(null), cancellation);
        bool isAny = answer.Root.TryGetProperty("aggregations", out JsonElement measures);
        return new MeasureGroup([], null, isAny ? _measures.Read(measures) : [.. query.Measures.Select(_ => Measured.None)]);
    }

    MeasureGroup Read(JsonElement bucket)
    {
        JsonElement key = bucket.GetProperty("key");
        string?[] values = [.. query.By.Select(field => Value(field, key.GetProperty(field.Name)))];
        Instant? start = query.Interval is null ? null : new Instant(key.GetProperty(Start).GetInt64() * Instant.NanosecondsPerMillisecond);
        return new MeasureGroup(values, start, _measures.Read(bucket));
    }

    static string? Value(Field field, JsonElement key) =>
        key.ValueKind == JsonValueKind.Null ? null : Bucket.Text(FieldValue.OfKey(field, key));

    ReadOnlyMemory<byte> Body(JsonElement? after) => RequestBody.Of(json =>
    {
        json.WriteNumber("size", 0);
        json.WriteBoolean("track_total_hits", false);
        json.WritePropertyName("query");
        new QueryJson(query.Kind, json).Write(query.Range, query.Where);
        if (query.IsWhole)
        {
            _measures.Write(json);
            return;
        }

        json.WriteStartObject("aggs");
        json.WriteStartObject(Groups);
        json.WriteStartObject("composite");
        json.WriteNumber("size", GroupsOfPage);
        json.WriteStartArray("sources");
        foreach (Field field in query.By)
            WriteSource(json, field.Name, "terms", field, static json => json.WriteBoolean("missing_bucket", true));
        if (query.Interval is { } interval)
        {
            WriteSource(
                json, Start, "date_histogram", Fields.Timestamp, json => json.WriteString("fixed_interval", Histogram.Interval(interval)));
        }

        json.WriteEndArray();
        if (after is { } key)
        {
            json.WritePropertyName("after");
            key.WriteTo(json);
        }

        json.WriteEndObject();
        _measures.Write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    static void WriteSource(Utf8JsonWriter json, string name, string type, Field field, Action<Utf8JsonWriter> more)
    {
        json.WriteStartObject();
        json.WriteStartObject(name);
        json.WriteStartObject(type);
        json.WriteString("field", field.Name);
        more(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
