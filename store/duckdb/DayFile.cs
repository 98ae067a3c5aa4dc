using System.Collections.Concurrent;
using System.Globalization;
using Homer.Search.Protocol;

namespace Homer.Search.Store.DuckDb;

/// <summary>One attached day: its name in SQL, its tables as they stand, and how far it has taken each journal.</summary>
sealed class DayFile(DateOnly day, string path)
{
    const string NameFormat = "yyyy-MM-dd";
    const string Extension = ".duckdb";

    public DateOnly Day { get; } = day;

    public string Path { get; } = path;

    /// <summary>Name under which the file is attached.</summary>
    public string Alias { get; } = string.Create(CultureInfo.InvariantCulture, $"d{day:yyyyMMdd}");

    /// <summary>For each kind, where the values of each column come from, in the order of the table.</summary>
    public required ColumnSource[][] Columns { get; init; }

    /// <summary>Up to where each journal's records are stored here, wholly.</summary>
    public required ConcurrentDictionary<uint, long> Applied { get; init; }

    /// <summary>Whether <see cref="Identifiers"/> is there; files of before have none.</summary>
    public bool HasIdentifiers { get; set; }

    /// <summary>
    /// The table, as it is named in SQL, of the hashes of what stands in <c>call.identifiers</c>, each with the hash of a call that had it: what lies in a
    /// column of many values could be found by reading all of it alone.
    /// </summary>
    public string Identifiers => $"{Alias}.main.identifier";

    /// <summary>The calls stored here; made by the first writer that asks.</summary>
    public CallFilter? Calls { get; set; }

    /// <summary>Who uses it now; guarded by <see cref="DayFiles"/>.</summary>
    public int Leases { get; set; }

    /// <summary>Order of last use; guarded by <see cref="DayFiles"/>.</summary>
    public long LastUse { get; set; }

    /// <summary>The table of a kind, as it is named in SQL.</summary>
    public string Table(DocumentKind kind) => $"{Alias}.main.{TableLayout.Quote(TableLayout.Of(kind).Name)}";

    public static string PathOf(string folder, DateOnly day) =>
        System.IO.Path.Combine(folder, day.ToString(NameFormat, CultureInfo.InvariantCulture) + Extension);

    /// <summary>The write-ahead log beside a day file.</summary>
    public static string LogOf(string path) => path + ".wal";

    /// <summary>The days whose files lie in a folder.</summary>
    public static IEnumerable<DateOnly> DaysIn(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*" + Extension))
        {
            if (DateOnly.TryParseExact(System.IO.Path.GetFileNameWithoutExtension(path), NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
                yield return day;
        }
    }

    /// <summary>The whole of a day.</summary>
    public static TimeRange RangeOf(DateOnly day) => new(Instant.StartOf(day), new Instant(Instant.StartOf(day).Nanoseconds + Instant.NanosecondsPerDay));

    /// <summary>Octets of file and log.</summary>
    public static long Bytes(string path) => Length(path) + LogBytes(path);

    /// <summary>Octets of the log.</summary>
    public static long LogBytes(string path) => Length(LogOf(path));

    static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
