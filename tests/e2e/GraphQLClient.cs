using System.Net.Http.Json;
using System.Text.Json;

namespace Homer.Search.Tests.EndToEnd;

/// <summary>Asks as a NOC tool does: GraphQL over HTTP.</summary>
sealed class GraphQLClient(Uri endpoint) : IDisposable
{
    const int PageSize = 1000;

    const string Everything = """range: { from: "2000-01-01T00:00:00Z", to: "now+2d" }""";

    static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(60);

    readonly HttpClient _http = new();

    /// <summary>The `data` of the answer; any error fails the test.</summary>
    public async Task<JsonElement> AskAsync(string query, CancellationToken cancellation, object? variables = null)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(endpoint, new { query, variables }, cancellation);
        string text = await answer.Content.ReadAsStringAsync(cancellation);
        using JsonDocument document = JsonDocument.Parse(text);
        Assert.False(document.RootElement.TryGetProperty("errors", out _), $"{query}\n{text}");
        return document.RootElement.GetProperty("data").Clone();
    }

    /// <summary>All messages that match, whatever their time, page by page.</summary>
    public Task<List<JsonElement>> MessagesAsync(string query, string fields, CancellationToken cancellation) =>
        PagesAsync("messages", query, fields, cancellation);

    /// <summary>All calls that match, whatever their time, page by page.</summary>
    public Task<List<JsonElement>> CallsAsync(string query, string fields, CancellationToken cancellation) =>
        PagesAsync("calls", query, fields, cancellation);

    /// <summary>How many messages the server has stored and can find.</summary>
    public async Task<long> StoredMessagesAsync(CancellationToken cancellation) =>
        (await AskAsync($"{{ messages({Everything}, first: 1) {{ totalCount }} }}", cancellation)).GetProperty("messages").GetProperty("totalCount").GetInt64();

    /// <summary>Messages the server says it received and stored.</summary>
    public async Task<(long Received, long Stored)> IngestAsync(CancellationToken cancellation)
    {
        JsonElement ingest = (await AskAsync("{ ingest { received stored } }", cancellation)).GetProperty("ingest");
        return (ingest.GetProperty("received").GetInt64(), ingest.GetProperty("stored").GetInt64());
    }

    /// <summary>Age of the oldest packet that is not stored yet; 0 when none waits.</summary>
    public async Task<long> LagMsAsync(CancellationToken cancellation) =>
        (await AskAsync("{ ingest { lagMs } }", cancellation)).GetProperty("ingest").GetProperty("lagMs").GetInt64();

    /// <summary>
    /// Waits until so many messages can be found and counted, and nothing waits to be stored any more: messages can be found a moment before their calls.
    /// </summary>
    public async Task SettledAsync(int messages, CancellationToken cancellation)
    {
        await UntilAsync(() => StoredMessagesAsync(cancellation), stored => stored == messages, cancellation);
        await UntilAsync(() => LagMsAsync(cancellation), lag => lag == 0, cancellation);
        await UntilAsync(() => IngestAsync(cancellation), ingest => ingest.Stored >= messages, cancellation);
    }

    /// <summary>Asks until the condition holds; fails, with what was last seen, when for a minute nothing has changed any more.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> holds, CancellationToken cancellation)
    {
        T last = await ask();
        long changed = TimeProvider.System.GetTimestamp();
        while (!holds(last))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(changed) < SettleLimit, $"Last seen: {last}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
            T seen = await ask();
            if (!EqualityComparer<T>.Default.Equals(seen, last))
                changed = TimeProvider.System.GetTimestamp();
            last = seen;
        }

        return last;
    }

    public void Dispose() => _http.Dispose();

    async Task<List<JsonElement>> PagesAsync(string list, string query, string fields, CancellationToken cancellation)
    {
        var nodes = new List<JsonElement>();
        string? after = null;
        do
        {
            JsonElement page = (await AskAsync(
                $"query($query: String, $after: String) {{ {list}({Everything}, query: $query, first: {PageSize}, after: $after) {{ nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}",
                cancellation,
                new { query, after })).GetProperty(list);
            nodes.AddRange(page.GetProperty("nodes").EnumerateArray());
            JsonElement info = page.GetProperty("pageInfo");
            after = info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);

        return nodes;
    }
}
