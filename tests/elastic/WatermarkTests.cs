using System.Net.Http.Json;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Elastic;

/// <summary>Old days go before an engine that is short of space blocks them.</summary>
public abstract class WatermarkContract<TPlace>(string engine) : StoreContract<TPlace>
    where TPlace : ElasticPlace, new()
{
    static readonly string[] Settings = ["threshold_enabled", "watermark.low", "watermark.high", "watermark.flood_stage"];

    readonly HttpClient _http = new();

    [Fact]
    public async Task On_a_disk_that_is_too_full_the_oldest_days_go_though_the_policy_wants_them()
    {
        await WriteAsync(400, Messages(5, day: -2));
        await WriteAsync(800, Messages(5, day: -1, firstPosition: 400));
        await WriteAsync(1200, Messages(5, firstPosition: 800));
        var month = new RetentionPolicy(Days: 30, Bytes: null);
        Assert.Empty((await Store.RetainAsync(month, At(12), Cancellation)).DroppedDays);

        RetentionReport report;
        await SetAsync("true", "900tb", "800tb", "1b");
        try
        {
            report = await Store.RetainAsync(month, At(12), Cancellation);
        }
        finally
        {
            await SetAsync(null, null, null, null);
        }

        Assert.Equal([Today.AddDays(-2), Today.AddDays(-1)], report.DroppedDays);
        Assert.Contains(engine, report.Shortage, StringComparison.Ordinal);
        Assert.Equal(5, (await AllAsync()).Count);
    }

    /// <summary>What has to be free, from the low watermark on; null takes it back.</summary>
    async Task SetAsync(params string?[] values)
    {
        var settings = Settings.Zip(values).ToDictionary(pair => $"cluster.routing.allocation.disk.{pair.First}", pair => pair.Second);
        using HttpResponseMessage answer = await _http.PutAsJsonAsync(
            new Uri(await Engine.Named(engine).AddressAsync(Cancellation), "_cluster/settings"), new { transient = settings }, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}

public sealed class Elasticsearch8Watermark() : WatermarkContract<Elasticsearch8>("elasticsearch-8");

public sealed class Elasticsearch9Watermark() : WatermarkContract<Elasticsearch9>("elasticsearch-9");

public sealed class OpenSearch3Watermark() : WatermarkContract<OpenSearch3>("opensearch-3");
