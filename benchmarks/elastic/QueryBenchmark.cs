using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Homer.Search.Benchmarks.Elastic;

/// <summary>Asks the product over GraphQL what its users ask, and tells how long the middle and the slow answers took.</summary>
static class QueryBenchmark
{
    const string Day = """range: { from: "now-1d", to: "now+1h" }""";
    const int Times = 40;

    public static async Task RunAsync(BenchmarkOptions options)
    {
        using var engine = new Engine(options.Engine);
        await engine.ClearAsync();
        try
        {
            await using Product product = await Product.StartAsync(options.Engine, "ingest,graphql");
            (long messages, _) = await product.TakeAsync(options.Rate, options.Seconds);
            await engine.SettleAsync();
            JsonElement[] calls = [.. (await AskAsync(product, $"{{ calls({Day}, first: {Times}) {{ nodes {{ callId caller }} }} }}"))
                .GetProperty("calls").GetProperty("nodes").EnumerateArray()];
            string[] callIds = [.. calls.Select(call => call.GetProperty("callId").GetString()!)];
            string[] parts = [.. calls.Select(call => call.GetProperty("caller").GetString()!).Select(caller => caller[^Math.Min(6, caller.Length)..])];

            var figures = new Dictionary<string, double> { ["messages"] = messages };
            await MeasureAsync(figures, "call", product, number => $"{{ call(callId: {Quote(callIds[number])}) {{ outcome messages {{ time method code raw }} }} }}");
            await MeasureAsync(figures, "newest_50", product, _ => $"{{ messages({Day}, query: \"status >= 400\", first: 50) {{ nodes {{ time callId code }} }} }}");
            await MeasureAsync(figures, "substring", product, number => $"{{ messages({Day}, query: {Quote($"related.user : *{parts[number]}*")}) {{ nodes {{ time callId }} }} }}");
            await MeasureAsync(figures, "kpis_of_a_day", product, _ => $"{{ kpis({Day}) {{ calls attempts answered }} }}");
            await MeasureAsync(figures, "facets", product, _ => $"{{ facets({Day}, kind: SIP, fields: [\"sip.method\", \"sip.code\", \"source.ip\"]) {{ field buckets {{ value count }} }} }}");
            Console.WriteLine(JsonSerializer.Serialize(figures));
        }
        finally
        {
            await engine.ClearAsync();
        }
    }

    static async Task MeasureAsync(Dictionary<string, double> figures, string name, Product product, Func<int, string> query)
    {
        var milliseconds = new List<double>();
        for (int number = 0; number < Times; number++)
        {
            long started = Stopwatch.GetTimestamp();
            await AskAsync(product, query(number));
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        milliseconds.Sort();
        figures[$"{name}_p50_ms"] = Math.Round(milliseconds[Times / 2], 1);
        figures[$"{name}_p95_ms"] = Math.Round(milliseconds[Times * 95 / 100], 1);
    }

    static async Task<JsonElement> AskAsync(Product product, string query)
    {
        using HttpResponseMessage answer = await product.Http.PostAsJsonAsync(new Uri("/graphql", UriKind.Relative), new { query });
        JsonElement json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.TryGetProperty("errors", out JsonElement errors) ? throw new InvalidOperationException($"{query}: {errors}") : json.GetProperty("data");
    }

    static string Quote(string text) => JsonSerializer.Serialize(text);
}
