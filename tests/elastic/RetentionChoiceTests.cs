using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Tests.Elastic;

/// <summary>Which days go by the policy, and which because the engine is short of space.</summary>
public sealed class RetentionChoiceTests
{
    const long Gigabyte = 1L << 30;

    static readonly DateOnly Today = new(2026, 11, 24);
    static readonly RetentionPolicy Month = new(Days: 30, Bytes: null);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("90%", null, 1000, 100)]
    [InlineData("0.85", null, 1000, 150)]
    [InlineData("90%", 40L, 1000, 40)]
    [InlineData("50gb", null, 1000, 50)]
    [InlineData("0.5TB", 1L, 1000, 512)]
    public void A_watermark_says_how_much_has_to_be_free(string watermark, long? headroom, long total, long wanted) =>
        Assert.Equal(wanted * Gigabyte, Watermark.Wanted(watermark, headroom * Gigabyte, total * Gigabyte), Gigabyte / 1000);

    [Fact]
    public void A_bound_that_is_not_set_is_none() => Assert.Null(Watermark.Size("-1"));

    [Fact]
    public void A_node_short_of_space_loses_the_oldest_days_on_it_and_no_more_than_it_needs()
    {
        StoredDay[] days = [Day(-4, ("a", 5)), Day(-3, ("b", 5)), Day(-2, ("a", 5), ("b", 5)), Day(-1, ("a", 5)), Day(0, ("a", 5))];

        Assert.Empty(RetentionChoice.Of(days, Month, Today, []));
        Assert.Equal([days[0], days[2]], RetentionChoice.Of(days, Month, Today, [Short("a", 7)]));
        Assert.Equal([days[1]], RetentionChoice.Of(days, Month, Today, [Short("b", 5)]));
        Assert.Equal([days[0], days[1], days[2]], RetentionChoice.Of(days, Month, Today, [Short("a", 7), Short("b", 1)]));
    }

    [Fact]
    public void The_newest_day_stays_however_short_of_space_its_node_is()
    {
        StoredDay[] days = [Day(-1, ("a", 5)), Day(0, ("a", 5))];

        Assert.Equal([days[0]], RetentionChoice.Of(days, Month, Today, [Short("a", 1000)]));
    }

    [Fact]
    public void What_the_policy_drops_counts_for_the_node()
    {
        StoredDay[] days = [Day(-31, ("a", 5)), Day(-30, ("a", 5)), Day(0, ("a", 5))];

        Assert.Equal([days[0]], RetentionChoice.Of(days, Month, Today, [Short("a", 5)]));
    }

    [Fact]
    public async Task Days_go_while_a_node_is_beyond_its_high_watermark()
    {
        RetentionReport report = await RetainAsync(Month, available: 80 * Gigabyte);

        Assert.Equal([Today.AddDays(-2)], report.DroppedDays);
        Assert.Equal(15 * Gigabyte, report.FreedBytes);
        Assert.Equal(30 * Gigabyte, report.KeptBytes);
        Assert.Contains("node-a is 10,240 MB beyond its high watermark of 91%", report.Shortage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_goes_while_there_is_room()
    {
        RetentionReport report = await RetainAsync(Month, available: 91 * Gigabyte);

        Assert.Empty(report.DroppedDays);
        Assert.Null(report.Shortage);
    }

    [Fact]
    public async Task Nothing_goes_where_everything_is_to_be_kept() =>
        Assert.Empty((await RetainAsync(new RetentionPolicy(null, null), available: 0)).DroppedDays);

    [Fact]
    public async Task Nothing_goes_where_the_engine_does_not_watch_its_disks() =>
        Assert.Empty((await RetainAsync(Month, available: 0, isWatched: false)).DroppedDays);

    static StoredDay Day(int day, params (string Node, long Gigabytes)[] shards)
    {
        var stored = new StoredDay(Today.AddDays(day));
        foreach ((string node, long gigabytes) in shards)
            stored.Add(node, gigabytes * Gigabyte);
        return stored;
    }

    static DiskShortage Short(string node, long gigabytes) => new(node, node, gigabytes * Gigabyte, "90%");

    /// <summary>Three days of 15 GB on a node with a disk of 1000 GB, of which the master of the cluster has no share.</summary>
    static async Task<RetentionReport> RetainAsync(RetentionPolicy policy, long available, bool isWatched = true)
    {
        using var engine = new ScriptedEngine(request => ScriptedEngine.Json(request.Address.AbsolutePath switch
        {
            "/_cluster/settings" => $$"""
                {"transient":{"cluster.routing.allocation.disk.watermark.high":"91%"},
                "defaults":{"cluster.routing.allocation.disk.threshold_enabled":"{{(isWatched ? "true" : "false")}}",
                "cluster.routing.allocation.disk.watermark.high":"90%","cluster.routing.allocation.disk.watermark.high.max_headroom":"-1"} }
                """,
            "/_nodes/stats/fs" => $$"""
                {"nodes":{"a1":{"name":"node-a","roles":["data_hot","ingest"],"fs":{"total":{"total_in_bytes":{{1000 * Gigabyte}},"available_in_bytes":{{available}} } } },
                "m1":{"name":"master","roles":["master"],"fs":{"total":{"total_in_bytes":1000,"available_in_bytes":0} } } } }
                """,
            string path when path.EndsWith("/_stats/store", StringComparison.Ordinal) => $$"""{"indices":{ {{string.Join(',', Enumerable.Range(-2, 3).Select(Index))}} } }""",
            _ => """{"acknowledged":true}""",
        }));
        using var client = new ElasticClient(new ElasticOptions { Nodes = [new Uri("http://search.example.net:9200")] }, TimeProvider.System, engine);
        RetentionReport report = await new Retention(client, new IndexNames("default")).ApplyAsync(policy, Instant.StartOf(Today), Cancellation);
        Assert.Equal(
            report.DroppedDays.Select(day => $"/homer-sip-default-{day:yyyy.MM.dd}"),
            engine.Requests.Where(request => request.Method == HttpMethod.Delete).Select(request => request.Address.AbsolutePath));
        return report;
    }

    static string Index(int day) =>
        $$"""
        "homer-sip-default-{{Today.AddDays(day):yyyy.MM.dd}}":{"shards":{"0":[{"routing":{"node":"a1"},"store":{"size_in_bytes":{{15 * Gigabyte}} } }]} }
        """;
}
