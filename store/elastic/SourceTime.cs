using System.Globalization;
using Homer.Search.Protocol;

namespace Homer.Search.Store.Elastic;

/// <summary>Times as they stand in a document: ISO 8601 in UTC with nine decimals.</summary>
static class SourceTime
{
    /// <summary>Octets of a time.</summary>
    public const int Length = 30;

    const int SecondsLength = 19;

    public static void Format(Instant time, Span<byte> target)
    {
        (long seconds, long rest) = Math.DivRem(Math.Max(0, time.Nanoseconds), Instant.NanosecondsPerSecond);
        DateTime.UnixEpoch.AddSeconds(seconds).TryFormat(target, out _, "s", CultureInfo.InvariantCulture);
        target[SecondsLength] = (byte)'.';
        rest.TryFormat(target[(SecondsLength + 1)..], out _, "D9", CultureInfo.InvariantCulture);
        target[Length - 1] = (byte)'Z';
    }

    public static Instant Parse(string text)
    {
        long seconds = DateTimeOffset.ParseExact(text.AsSpan(0, SecondsLength), "s", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeSeconds();
        return new Instant((seconds * Instant.NanosecondsPerSecond) + long.Parse(text.AsSpan(SecondsLength + 1, 9), CultureInfo.InvariantCulture));
    }
}
