using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>
/// A time as people write it: ISO 8601 with up to nine decimals (UTC when it names no zone), or relative to now (<c>now-15m</c>, <c>now+1h</c>,
/// <c>now-1d/d</c>). It names all the time that its precision covers: <c>2026-11-24</c> a day, <c>now/h</c> an hour, <c>now-15m</c> a nanosecond.
/// </summary>
/// <param name="Start">The first moment it covers.</param>
/// <param name="End">The first moment after it.</param>
/// <param name="NamesUnit">It names a whole unit (a date, or rounded with <c>/</c>), not a time of day.</param>
public readonly partial record struct TimeText(Instant Start, Instant End, bool NamesUnit)
{
    /// <summary>What to tell a person whose time cannot be read.</summary>
    public const string Forms = "Write ISO 8601 (2026-11-24T14:03:00Z) or relative to now (now-15m, now/d).";

    /// <summary>False when the text is no time, or one outside of what nanoseconds can hold (years 1970 to 2261).</summary>
    public static bool TryParse(string text, Instant now, out TimeText time)
    {
        time = default;
        try
        {
            if (Relative().Match(text) is { Success: true } relative)
                time = ReadRelative(relative, now);
            else if (Iso().Match(text) is { Success: true } iso)
                time = ReadIso(iso);
            else
                return false;
        }
        // A time of day such as 25:00, or a sum beyond the calendar: no time.
        catch (Exception beyond) when (beyond is ArgumentOutOfRangeException or OverflowException)
        {
            return false;
        }

        return time.Start.Nanoseconds >= 0;
    }

    static TimeText ReadRelative(Match match, Instant now)
    {
        Instant time = now;
        CaptureCollection amounts = match.Groups["amount"].Captures;
        for (int step = 0; step < amounts.Count; step++)
            time = Add(time, int.Parse(amounts[step].Value, CultureInfo.InvariantCulture), match.Groups["unit"].Captures[step].Value[0]);

        if (match.Groups["rounding"] is not { Success: true, Value: var rounding })
            return new TimeText(time, new Instant(checked(time.Nanoseconds + 1)), NamesUnit: false);

        Instant start = RoundDown(time, rounding[0]);
        return new TimeText(start, Add(start, 1, rounding[0]), NamesUnit: true);
    }

    static TimeText ReadIso(Match match)
    {
        int Number(string group) => match.Groups[group] is { Success: true } digits ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;

        var wall = new DateTime(Number("year"), Number("month"), Number("day"), Number("hour"), Number("minute"), Number("second"), DateTimeKind.Utc);
        string decimals = match.Groups["decimals"].Value;
        TimeSpan zone = new(Number("zoneHour"), Number("zoneMinute"), 0);
        if (match.Groups["sign"].Value == "-")
            zone = -zone;

        long precision = match.Groups switch
        {
            var groups when !groups["hour"].Success => Instant.NanosecondsPerDay,
            var groups when !groups["second"].Success => 60 * Instant.NanosecondsPerSecond,
            _ => Instant.NanosecondsPerSecond / (long)Math.Pow(10, decimals.Length),
        };
        Instant second = From(new DateTimeOffset(wall, TimeSpan.Zero) - zone);
        long start = checked(second.Nanoseconds + (decimals.Length == 0 ? 0 : int.Parse(decimals.PadRight(9, '0'), CultureInfo.InvariantCulture)));
        return new TimeText(new Instant(start), new Instant(checked(start + precision)), NamesUnit: !match.Groups["hour"].Success);
    }

    static Instant Add(Instant time, int amount, char unit) => unit switch
    {
        'M' => AddMonths(time, amount),
        'y' => AddMonths(time, checked(amount * 12)),
        _ => new Instant(checked(time.Nanoseconds + (amount * Length(unit)))),
    };

    static Instant AddMonths(Instant time, int months)
    {
        Instant midnight = Instant.StartOf(time.Day);
        Instant moved = From(midnight.ToDateTimeOffset().AddMonths(months));
        return new Instant(checked(moved.Nanoseconds + (time.Nanoseconds - midnight.Nanoseconds)));
    }

    static Instant RoundDown(Instant time, char unit)
    {
        DateOnly day = time.Day;
        return unit switch
        {
            'y' => Instant.StartOf(new DateOnly(day.Year, 1, 1)),
            'M' => Instant.StartOf(new DateOnly(day.Year, day.Month, 1)),
            // ISO 8601: weeks begin on Monday.
            'w' => Instant.StartOf(day.AddDays(-(((int)day.DayOfWeek + 6) % 7))),
            _ => new Instant(time.Nanoseconds - (time.Nanoseconds % Length(unit))),
        };
    }

    static long Length(char unit) => unit switch
    {
        's' => Instant.NanosecondsPerSecond,
        'm' => 60 * Instant.NanosecondsPerSecond,
        'h' or 'H' => 3600 * Instant.NanosecondsPerSecond,
        'd' => Instant.NanosecondsPerDay,
        'w' => 7 * Instant.NanosecondsPerDay,
        _ => throw new UnreachableException($"'{unit}' passed the pattern of relative times."),
    };

    /// <summary>As <see cref="Instant.From"/>, but fails on what nanoseconds since 1970 cannot hold.</summary>
    static Instant From(DateTimeOffset time) => new(checked((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100));

    [GeneratedRegex(@"^now((?<amount>[+-][0-9]{1,9})(?<unit>[smhHdwMy]))*(/(?<rounding>[smhHdwMy]))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Relative();

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})"
        + @"([Tt ](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,](?<decimals>[0-9]{1,9}))?)?"
        + @"([Zz]|(?<sign>[+-])(?<zoneHour>[01][0-9]):?(?<zoneMinute>[0-5][0-9])?)?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Iso();
}
