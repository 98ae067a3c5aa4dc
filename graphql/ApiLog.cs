using Microsoft.Extensions.Logging;

namespace Homer.Search.Api;

/// <summary>All that the API logs; identifiers are never used again.</summary>
static partial class ApiLog
{
    [LoggerMessage(3001, LogLevel.Error, "A query failed unexpectedly, shown to who asked as {Id}")]
    public static partial void Unexpected(ILogger logger, string id, Exception failure);

    [LoggerMessage(3002, LogLevel.Warning, "The store could not answer a query")]
    public static partial void StoreFailed(ILogger logger, Exception failure);
}
