using System.Net.Http.Json;
using System.Text.Json;

namespace Homer.Search.Benchmarks.Elastic;

/// <summary>What the benchmark itself asks of the engine; everything that is measured goes another way.</summary>
sealed class Engine(Uri address) : IDisposable
{
    public const string Namespace = "bench";

    const string Indices = $"homer-*-{Namespace}-*,homer-journal-{Namespace}*";

    readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };

    /// <summary>Removes all indices of the benchmark.</summary>
    public async Task ClearAsync()
    {
        JsonElement found = await _http.GetFromJsonAsync<JsonElement>($"{Indices}/_settings?filter_path=*.settings.index.uuid&ignore_unavailable=true");
        string[] names = [.. found.EnumerateObject().Select(index => index.Name).Where(name => name.StartsWith("homer-", StringComparison.Ordinal))];
        if (names.Length > 0)
            (await _http.DeleteAsync(new Uri(string.Join(',', names), UriKind.Relative))).EnsureSuccessStatusCode();
    }

    /// <summary>Lets everything be found and lie on the disk.</summary>
    public async Task SettleAsync()
    {
        foreach (string step in (string[])["_refresh", "_flush"])
            (await _http.PostAsync(new Uri($"{Indices}/{step}", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
    }

    /// <summary>As an engine does by itself once a day's index is left alone.</summary>
    public async Task MergeAsync() =>
        (await _http.PostAsync(new Uri($"{Indices}/_forcemerge?max_num_segments=1", UriKind.Relative), content: null)).EnsureSuccessStatusCode();

    /// <summary>Octets on disk of all indices of the benchmark.</summary>
    public async Task<long> BytesAsync()
    {
        // The engine measures every ten seconds.
        await Task.Delay(TimeSpan.FromSeconds(11), TimeProvider.System);
        JsonElement stats = await _http.GetFromJsonAsync<JsonElement>($"{Indices}/_stats/store");
        return stats.GetProperty("_all").GetProperty("total").GetProperty("store").GetProperty("size_in_bytes").GetInt64();
    }

    /// <summary>Octets of each field of messages, over all its structures, the largest first; empty where the engine cannot tell (OpenSearch).</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, long>>> FieldBytesAsync()
    {
        using HttpResponseMessage answer = await _http.PostAsync(
            new Uri($"homer-sip-{Namespace}-*/_disk_usage?run_expensive_tasks=true", UriKind.Relative), content: null);
        if (!answer.IsSuccessStatusCode)
            return [];
        JsonElement usage = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return
        [
            .. usage.EnumerateObject().Where(index => index.Name.StartsWith("homer-", StringComparison.Ordinal))
                .SelectMany(index => index.Value.GetProperty("fields").EnumerateObject())
                .GroupBy(field => field.Name, field => field.Value.GetProperty("total_in_bytes").GetInt64())
                .Select(field => KeyValuePair.Create(field.Key, field.Sum())).OrderByDescending(field => field.Value),
        ];
    }

    public async Task<long> MessagesAsync()
    {
        JsonElement count = await _http.GetFromJsonAsync<JsonElement>($"homer-sip-{Namespace}-*/_count");
        return count.GetProperty("count").GetInt64();
    }

    public void Dispose() => _http.Dispose();
}
