using System.Globalization;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>A node that has less space left than the engine wants.</summary>
/// <param name="Node">The engine's identity of it.</param>
/// <param name="Name">For people.</param>
/// <param name="Bytes">What is missing up to the watermark.</param>
/// <param name="Watermark">As it is set.</param>
sealed record DiskShortage(string Node, string Name, long Bytes, string Watermark)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Name} is {Bytes / (double)(1 << 20):N0} MB beyond its high watermark of {Watermark}");
}

/// <summary>
/// Finds the nodes whose disks are beyond the high watermark. There the engine begins to move shards away; at the flood stage it blocks every index on the
/// node for writing.
/// </summary>
sealed class DiskSpace(ElasticClient client)
{
    const string Prefix = "cluster.routing.allocation.disk.";
    const string Threshold = Prefix + "threshold_enabled";
    const string High = Prefix + "watermark.high";
    const string Headroom = High + ".max_headroom";
    const string Settings = $"_cluster/settings?include_defaults=true&flat_settings=true&filter_path=*.cluster*";
    const string Disks = "_nodes/stats/fs?filter_path=nodes.*.name,nodes.*.roles,nodes.*.fs.total.total_in_bytes,nodes.*.fs.total.available_in_bytes";

    public async Task<IReadOnlyList<DiskShortage>> ShortagesAsync(CancellationToken cancellation)
    {
        using Answer settings = await client.SendAsync(HttpMethod.Get, Settings, default, cancellation);
        if (Setting(settings.Root, Threshold) == "false" || Setting(settings.Root, High) is not { } high)
            return [];
        long? headroom = Setting(settings.Root, Headroom) is { } text ? Watermark.Size(text) : null;
        using Answer disks = await client.SendAsync(HttpMethod.Get, Disks, default, cancellation);
        return disks.Root.TryGetProperty("nodes", out JsonElement nodes)
            ? [.. nodes.EnumerateObject().Where(IsForData).Select(node => Shortage(node, high, headroom)).OfType<DiskShortage>()]
            : [];
    }

    static DiskShortage? Shortage(JsonProperty node, string high, long? headroom)
    {
        JsonElement disk = node.Value.GetProperty("fs").GetProperty("total");
        long missing = Watermark.Wanted(high, headroom, disk.GetProperty("total_in_bytes").GetInt64()) - disk.GetProperty("available_in_bytes").GetInt64();
        return missing > 0 ? new DiskShortage(node.Name, node.Value.GetProperty("name").GetString()!, missing, high) : null;
    }

    static bool IsForData(JsonProperty node) =>
        node.Value.GetProperty("roles").EnumerateArray().Any(role => role.GetString()!.StartsWith("data", StringComparison.Ordinal));

    /// <summary>What was set last counts: for the time being, for good, in a file or by default.</summary>
    static string? Setting(JsonElement settings, string name)
    {
        foreach (string level in (string[])["transient", "persistent", "defaults"])
        {
            if (settings.TryGetProperty(level, out JsonElement values) && values.TryGetProperty(name, out JsonElement value))
                return value.GetString();
        }

        return null;
    }
}

/// <summary>Reads watermarks as the engines write them: the share that may be used (<c>90%</c>, <c>0.9</c>) or what has to be free (<c>50gb</c>).</summary>
static class Watermark
{
    static readonly (string Unit, int Shift)[] Units = [("pb", 50), ("tb", 40), ("gb", 30), ("mb", 20), ("kb", 10), ("b", 0)];

    /// <summary>Octets that have to be free on a disk of this size.</summary>
    /// <param name="watermark">The setting.</param>
    /// <param name="headroom">Of a share no more than this has to be free; null for no bound.</param>
    /// <param name="total">Size of the disk.</param>
    public static long Wanted(string watermark, long? headroom, long total)
    {
        if (Size(watermark) is { } free)
            return free;
        double used = watermark.EndsWith('%') ? Number(watermark[..^1]) / 100 : Number(watermark);
        return Math.Min((long)(total * (1 - used)), headroom ?? long.MaxValue);
    }

    /// <summary>Null for what is no size, such as the <c>-1</c> of a bound that is not set.</summary>
    public static long? Size(string text)
    {
        (string unit, int shift) = Array.Find(Units, unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase));
        return unit is null ? null : (long)(Number(text[..^unit.Length]) * (1L << shift));
    }

    static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
