using System.Globalization;
using Homer.Search.Protocol;

namespace Homer.Search.Web.Parts;

/// <summary>How times and numbers are written on pages.</summary>
static class Shown
{
    /// <summary><c>2026-11-24 14:03:00.123</c></summary>
    public static string Time(Instant time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary><c>14:03:00.123</c></summary>
    public static string TimeOfDay(Instant time) => time.ToDateTimeOffset().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary><c>2026-11-24</c></summary>
    public static string Date(Instant time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>850 ms</c>, <c>12.3 s</c>, <c>4 min 05 s</c>, <c>2 h 10 min</c>; a dash when unknown.</summary>
    public static string Duration(long? milliseconds) => milliseconds switch
    {
        null => "–",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.0##} s"),
        < 3_600_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000} min {milliseconds / 1000 % 60:D2} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 3_600_000} h {milliseconds / 60_000 % 60:D2} min"),
    };

    /// <summary>How far a clock is ahead: <c>+850 ms</c>, <c>−12.3 s</c>; a dash when unknown.</summary>
    public static string Skew(double? milliseconds) => milliseconds is { } known ? $"{(known < 0 ? "−" : "+")}{Duration((long)Math.Abs(known))}" : "–";

    /// <summary>Time between two arrows: <c>+0.123</c> s, or milliseconds with microseconds below ten.</summary>
    public static string Delta(TimeSpan span) => span.TotalMilliseconds < 10
        ? string.Create(CultureInfo.InvariantCulture, $"+{span.TotalMilliseconds:0.000} ms")
        : string.Create(CultureInfo.InvariantCulture, $"+{span.TotalSeconds:0.000} s");

    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.00} GiB"),
    };

    /// <summary>How long ago, in words.</summary>
    public static string Ago(Instant then, Instant now) => now.Since(then) switch
    {
        { TotalSeconds: < 2 } => "now",
        { TotalSeconds: < 120 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s ago"),
        { TotalMinutes: < 120 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min ago"),
        { TotalHours: < 48 } span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} h ago"),
        var span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days ago"),
    };

    /// <summary>A percentage with one decimal; a dash when there is nothing to divide by.</summary>
    public static string Ratio(long part, long whole) =>
        whole == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");
}
