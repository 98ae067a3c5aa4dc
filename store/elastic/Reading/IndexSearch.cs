using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>Sends searches to the indices that can hold what is looked for, and takes no answer for whole that is not.</summary>
sealed class IndexSearch(ElasticClient client, IndexNames names)
{
    public async Task<Answer> AskAsync(DocumentKind kind, TimeRange range, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        // Days without documents have no index, which is no mistake.
        string path = $"{names.Within(kind, range)}/_search?ignore_unavailable=true&allow_no_indices=true&allow_partial_search_results=false";
        return Whole(await client.SendAsync(HttpMethod.Post, path, body, cancellation));
    }

    /// <summary>The indices that can hold documents of a range, by comma.</summary>
    public string Indices(DocumentKind kind, TimeRange range) => names.Within(kind, range);

    /// <summary>The answer, unless the engine broke off.</summary>
    public Answer Whole(Answer answer)
    {
        if (answer.Root.GetProperty("timed_out").GetBoolean())
        {
            answer.Dispose();
            throw new StoreException($"{client.Address} gave up on the search before its end. Narrow the range, or try again.", isTransient: true);
        }

        return answer;
    }

    public static IEnumerable<JsonElement> Hits(Answer answer) => answer.Root.GetProperty("hits").GetProperty("hits").EnumerateArray();
}
