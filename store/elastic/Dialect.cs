using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>In what the engines differ; everything else that is sent they take alike.</summary>
sealed record Dialect(string Engine)
{
    static readonly Dialect Elasticsearch = new("Elasticsearch")
    {
        OpenMoment = "_pit",
        MomentId = "id",
        CloseMoment = "_pit",
        ManyMoments = false,
        HasStates = false,
    };

    static readonly Dialect OpenSearch = new("OpenSearch")
    {
        OpenMoment = "_search/point_in_time",
        MomentId = "pit_id",
        CloseMoment = "_search/point_in_time",
        ManyMoments = true,
        HasStates = true,
    };

    public string Version { get; private init; } = "";

    /// <summary>Behind the names of indices: opens a point in time.</summary>
    public required string OpenMoment { get; init; }

    /// <summary>Names its identity in the answer to that, and in the request that closes it.</summary>
    public required string MomentId { get; init; }

    /// <summary>Closes a point in time.</summary>
    public required string CloseMoment { get; init; }

    /// <summary>The request that closes names a list of them.</summary>
    public required bool ManyMoments { get; init; }

    /// <summary>Old indices are deleted by index state management (ISM), not by index lifecycle management (ILM).</summary>
    public required bool HasStates { get; init; }

    /// <summary>Asks the engine what it is.</summary>
    public static async Task<Dialect> ReadAsync(ElasticClient client, CancellationToken cancellation)
    {
        using Answer about = await client.SendAsync(HttpMethod.Get, "", default, cancellation);
        JsonElement version = about.Root.GetProperty("version");
        bool isOpenSearch = version.TryGetProperty("distribution", out JsonElement name) && name.GetString() == "opensearch";
        return (isOpenSearch ? OpenSearch : Elasticsearch) with { Version = version.GetProperty("number").GetString()! };
    }
}
