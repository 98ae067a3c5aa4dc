using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>Finds single documents by their identity, and the payloads of documents.</summary>
sealed class DocumentSearch(IndexSearch search)
{
    /// <summary>Payloads of one request: each may be 64 KiB.</summary>
    const int MostPayloads = 200;

    public async Task<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body;
        TimeRange range;
        if (kind == DocumentKind.Call)
        {
            range = TimeRange.All;
            body = Newest(id);
        }
        else if (DocumentId.TryParse(id, out DocumentId parsed) && parsed.Time.Nanoseconds >= 0)
        {
            range = new TimeRange(parsed.Time, new Instant(parsed.Time.Nanoseconds + 1));
            body = ByIds([id], SourceReader.WriteFilter);
        }
        else
        {
            return null;
        }

        using Answer answer = await search.AskAsync(kind, range, body, cancellation);
        return IndexSearch.Hits(answer).Select(SourceReader.Of(kind).Read).FirstOrDefault();
    }

    public async Task<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation)
    {
        var payloads = new Dictionary<(DocumentKind, string), byte[]>();
        foreach (IGrouping<DocumentKind, Document> kind in documents.Where(document => document.Kind != DocumentKind.Call).GroupBy(document => document.Kind))
        {
            foreach (Document[] some in kind.OrderBy(document => document.Time).Chunk(MostPayloads))
                await ReadAsync(kind.Key, some, payloads, cancellation);
        }

        return [.. documents.Select(document => payloads.GetValueOrDefault((document.Kind, document.Id)))];
    }

    async Task ReadAsync(DocumentKind kind, Document[] documents, Dictionary<(DocumentKind, string), byte[]> payloads, CancellationToken cancellation)
    {
        var range = new TimeRange(documents[0].Time, new Instant(documents[^1].Time.Nanoseconds + 1));
        ReadOnlyMemory<byte> body = ByIds([.. documents.Select(document => document.Id)], json =>
        {
            json.WriteStartArray("_source");
            json.WriteStringValue(FieldMapping.Original);
            json.WriteStringValue(FieldMapping.OriginalBytes);
            json.WriteEndArray();
        });
        using Answer answer = await search.AskAsync(kind, range, body, cancellation);
        foreach (JsonElement hit in IndexSearch.Hits(answer))
        {
            JsonElement source = hit.GetProperty("_source");
            if (source.TryGetProperty(FieldMapping.Original, out JsonElement text))
                payloads[(kind, hit.GetProperty("_id").GetString()!)] = Encoding.UTF8.GetBytes(text.GetString()!);
            else if (source.TryGetProperty(FieldMapping.OriginalBytes, out JsonElement octets))
                payloads[(kind, hit.GetProperty("_id").GetString()!)] = octets.GetBytesFromBase64();
        }
    }

    static ReadOnlyMemory<byte> ByIds(string[] ids, Action<Utf8JsonWriter> writeFilter) => RequestBody.Of(json =>
    {
        json.WriteNumber("size", ids.Length);
        json.WriteBoolean("track_total_hits", false);
        writeFilter(json);
        json.WriteStartObject("query");
        json.WriteStartObject("ids");
        json.WriteStartArray("values");
        foreach (string id in ids)
            json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    static ReadOnlyMemory<byte> Newest(string callId) => RequestBody.Of(json =>
    {
        json.WriteNumber("size", 1);
        json.WriteBoolean("track_total_hits", false);
        SourceReader.WriteFilter(json);
        json.WritePropertyName("query");
        new QueryJson(DocumentKind.Call, json).Write(new Query.Equal(Fields.CallId, callId));
        json.WriteStartArray("sort");
        json.WriteStartObject();
        json.WriteStartObject(Fields.Timestamp.Name);
        json.WriteString("order", "desc");
        json.WriteString("unmapped_type", FieldMapping.Type(Fields.Timestamp));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    });
}
