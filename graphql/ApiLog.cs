using System.Net;
using Microsoft.Extensions.Logging;

namespace Homer.Search.Api;

/// <summary>All that the API logs; identifiers are never used again.</summary>
static partial class ApiLog
{
    [LoggerMessage(3001, LogLevel.Error, "A query failed unexpectedly, shown to who asked as {Id}")]
    public static partial void Unexpected(ILogger logger, string id, Exception failure);

    [LoggerMessage(3002, LogLevel.Warning, "The store could not answer a query")]
    public static partial void StoreFailed(ILogger logger, Exception failure);

    [LoggerMessage(3003, LogLevel.Information, "{Peer} has changed the aliases; there are {Count} now")]
    public static partial void AliasesChanged(ILogger logger, int count, IPAddress? peer);

    [LoggerMessage(3004, LogLevel.Warning, "{Peer} may not change anything: {Code}")]
    public static partial void ChangeRefused(ILogger logger, string code, IPAddress? peer);
}
