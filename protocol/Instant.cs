using System.Globalization;

namespace Homer.Search.Protocol;

/// <summary>A moment in UTC as nanoseconds since 1970-01-01: the one time type of capture, journal, documents and queries.</summary>
public readonly record struct Instant(long Nanoseconds) : IComparable<Instant>
{
    public const long NanosecondsPerSecond = 1_000_000_000;
    public const long NanosecondsPerMillisecond = 1_000_000;
    public const long NanosecondsPerDay = 86_400 * NanosecondsPerSecond;

    /// <summary>From HEP chunks 0x09 and 0x0a: seconds and microseconds since the epoch.</summary>
    public static Instant FromUnix(long seconds, long microseconds) => new((seconds * NanosecondsPerSecond) + (microseconds * 1000));

    public static Instant From(DateTimeOffset time) => new((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100);

    /// <summary>Now, by the given clock.</summary>
    public static Instant Now(TimeProvider clock) => From(clock.GetUtcNow());

    /// <summary>Rounded down to the 100 ns of .NET.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks(Nanoseconds / 100);

    /// <summary>The UTC day this moment lies in.</summary>
    public DateOnly Day => DateOnly.FromDateTime(ToDateTimeOffset().UtcDateTime);

    /// <summary>Midnight UTC at which the day begins.</summary>
    public static Instant StartOf(DateOnly day) => From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    public Instant Plus(TimeSpan span) => new(Nanoseconds + (span.Ticks * 100));

    public TimeSpan Since(Instant earlier) => TimeSpan.FromTicks((Nanoseconds - earlier.Nanoseconds) / 100);

    public int CompareTo(Instant other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public static bool operator <(Instant left, Instant right) => left.Nanoseconds < right.Nanoseconds;
    public static bool operator >(Instant left, Instant right) => left.Nanoseconds > right.Nanoseconds;
    public static bool operator <=(Instant left, Instant right) => left.Nanoseconds <= right.Nanoseconds;
    public static bool operator >=(Instant left, Instant right) => left.Nanoseconds >= right.Nanoseconds;

    /// <summary>ISO 8601 in UTC with all nine decimals, e.g. <c>2026-11-24T14:03:00.123456789Z</c>.</summary>
    public override string ToString()
    {
        long seconds = Math.DivRem(Nanoseconds, NanosecondsPerSecond, out long rest);
        if (rest < 0)
        {
            rest += NanosecondsPerSecond;
            seconds--;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-ddTHH:mm:ss}.{rest:D9}Z");
    }
}
