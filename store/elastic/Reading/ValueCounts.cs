using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>Counts the values of fields. Each shard counts its own; when that could cost a value its place, more of them are asked for.</summary>
sealed class ValueCounts(IndexSearch search, FacetQuery query)
{
    /// <summary>Values a facet can have: what one answer of the engine may hold.</summary>
    const int MostValues = 10_000;

    /// <summary>Values each shard gives, first and when that was not enough to be exact.</summary>
    static readonly int[] ShardSizes = [2_000, 60_000];

    readonly int _size = Math.Clamp(query.Size, 1, MostValues);

    public async Task<IReadOnlyList<Facet>> RunAsync(CancellationToken cancellation)
    {
        var facets = new Dictionary<Field, Facet>();
        foreach (Field field in query.Fields)
        {
            if (field.Column(query.Kind) < 0)
                facets[field] = new Facet(field, [], 0);
            else if (FieldMapping.Type(field) is null || field.Type == FieldType.Object)
                throw new StoreException($"The values of {field.Name} cannot be counted. Choose a field whose values are exact.", isTransient: false) { IsMistake = true };
            else if (field.Type == FieldType.Instant)
                facets[field] = await new TimeCounts(search, query, field).RunAsync(cancellation);
        }

        foreach (int shardSize in ShardSizes)
        {
            Field[] open = [.. query.Fields.Except(facets.Keys)];
            if (open.Length > 0)
                await CountAsync(open, Math.Max(shardSize, _size), shardSize == ShardSizes[^1], facets, cancellation);
        }

        return [.. query.Fields.Select(field => facets[field])];
    }

    async Task CountAsync(Field[] fields, int shardSize, bool isLast, Dictionary<Field, Facet> facets, CancellationToken cancellation)
    {
        using Answer answer = await search.AskAsync(query.Kind, query.Range, Body(fields, shardSize), cancellation);
        foreach (Field field in fields)
        {
            if (!answer.Root.TryGetProperty("aggregations", out JsonElement counts) || !counts.TryGetProperty(field.Name, out JsonElement values))
                facets[field] = new Facet(field, [], 0);
            else if (isLast || values.GetProperty("doc_count_error_upper_bound").GetInt64() == 0)
                facets[field] = Read(field, values);
        }
    }

    ReadOnlyMemory<byte> Body(Field[] fields, int shardSize) => RequestBody.Of(json =>
    {
        json.WriteNumber("size", 0);
        json.WriteBoolean("track_total_hits", false);
        json.WritePropertyName("query");
        new QueryJson(query.Kind, json).Write(query.Range, query.Where);
        json.WriteStartObject("aggs");
        foreach (Field field in fields)
        {
            json.WriteStartObject(field.Name);
            json.WriteStartObject("terms");
            json.WriteString("field", field.Name);
            json.WriteNumber("size", _size);
            json.WriteNumber("shard_size", shardSize);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    static Facet Read(Field field, JsonElement values)
    {
        Bucket[] buckets = [.. values.GetProperty("buckets").EnumerateArray()
            .Select(bucket => new Bucket(Bucket.Text(FieldValue.OfKey(field, bucket.GetProperty("key"))), bucket.GetProperty("doc_count").GetInt64()))];
        return new Facet(field, buckets, values.GetProperty("sum_other_doc_count").GetInt64());
    }
}
