using System.Globalization;

namespace Homer.Search.Store.Elastic;

/// <summary>How far each journal may have been applied to summaries: one small document a journal, read by its identity, so never late.</summary>
sealed class JournalProgress(ElasticClient client, IndexNames names)
{
    const string Applied = "applied";

    public async Task<long> ReadAsync(uint journal, CancellationToken cancellation)
    {
        using Answer answer = await client.SendAsync(HttpMethod.Get, Path(journal), default, cancellation, mayMiss: true);
        return answer.IsMissing ? 0 : answer.Root.GetProperty("_source").GetProperty(Applied).GetInt64();
    }

    public async Task WriteAsync(uint journal, long end, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> body = RequestBody.Of(json => json.WriteNumber(Applied, end));
        using Answer answer = await client.SendAsync(HttpMethod.Put, Path(journal), body, cancellation);
    }

    string Path(uint journal) => string.Create(CultureInfo.InvariantCulture, $"{names.Journals}/_doc/{journal:x8}");
}
