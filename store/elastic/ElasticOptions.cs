namespace Homer.Search.Store.Elastic;

/// <summary>Where Elasticsearch or OpenSearch is, and how to be let in.</summary>
public sealed record ElasticOptions
{
    /// <summary>The nodes; one that does not answer is left alone for a while. A user and password in the address are used for basic authentication.</summary>
    public required IReadOnlyList<Uri> Nodes { get; init; }

    /// <summary>Part of every index name: lower-case letters, digits and <c>_</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The encoded API key; before user and password.</summary>
    public string? ApiKey { get; init; }

    /// <summary>A bearer token, for an engine behind one that takes those; before user and password.</summary>
    public string? BearerToken { get; init; }

    /// <summary>A PEM file with the authorities to trust instead of the machine's.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Octets of one bulk request at most, before compression; how many of them are used the engine's answers decide.</summary>
    public int BulkBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bulk requests under way at once at most; each holds a body of its own.</summary>
    public int BulkRequests { get; init; } = 3;

    /// <summary>How long items the engine is too busy for are sent again before the unit is given up as a transient failure.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bodies are compressed; of use unless the engine is on the same machine.</summary>
    public bool Compress { get; init; }

    /// <summary>Whether what is committed can be searched at once. Costs much; off, it is searched after the index's refresh.</summary>
    public bool RefreshOnCommit { get; init; }

    /// <summary>Takes documents that the engine refuses for good, a line each; null drops them, counted.</summary>
    public string? RefusedFile { get; init; }

    /// <summary>Primary shards of an index of messages.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>Days before today after which the engine itself deletes what is stored; null when it does not.</summary>
    public int? DaysByEngine { get; init; }
}
