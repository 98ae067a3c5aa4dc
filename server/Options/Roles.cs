namespace Homer.Search.Server.Options;

/// <summary>What one process does.</summary>
[Flags]
enum Roles
{
    /// <summary>Receives HEP and writes it to the store.</summary>
    Ingest = 1,

    /// <summary>Serves GraphQL and the pages.</summary>
    GraphQL = 2,

    /// <summary>Retention.</summary>
    Jobs = 4,

    /// <summary>What one process does alone.</summary>
    All = Ingest | GraphQL | Jobs,
}
