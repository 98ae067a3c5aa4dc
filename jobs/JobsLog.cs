using Microsoft.Extensions.Logging;

namespace Homer.Search.Jobs;

/// <summary>Every message of the jobs.</summary>
static partial class JobsLog
{
    [LoggerMessage(
        1, LogLevel.Information, "Retention dropped {Days} days ({First:yyyy-MM-dd} to {Last:yyyy-MM-dd}), {FreedBytes} bytes; {KeptBytes} bytes are kept")]
    public static partial void DaysDropped(this ILogger log, int days, DateOnly first, DateOnly last, long freedBytes, long keptBytes);

    [LoggerMessage(2, LogLevel.Warning, "Retention could not drop old days; it tries again in {Interval}")]
    public static partial void RetentionFailed(this ILogger log, Exception refusal, TimeSpan interval);

    [LoggerMessage(3, LogLevel.Information, "The jobs of this process are {State}")]
    public static partial void JobsAre(this ILogger log, string state);

    [LoggerMessage(4, LogLevel.Warning, "The lease of the jobs could not be given back: {Reason} Another process has it in {Term}")]
    public static partial void LeaseKept(this ILogger log, string reason, TimeSpan term);

    [LoggerMessage(5, LogLevel.Warning, "Days go before their time, since the engine is short of space: {Shortage}. Make room, add a node, or keep less")]
    public static partial void ShortOfSpace(this ILogger log, string shortage);

    [LoggerMessage(6, LogLevel.Warning, "The sessions of calls could not be stored; the next attempt is in {Interval}")]
    public static partial void SessionsFailed(this ILogger log, Exception refusal, TimeSpan interval);
}
