using System.Globalization;

namespace Homer.Search.Store.Elastic;

/// <summary>
/// The names of the indices: one for each kind and UTC day, <c>homer-sip-default-2026.11.24</c>, so that a document has one place by its capture
/// time, whenever and however often it is written.
/// </summary>
sealed class IndexNames(string space)
{
    /// <summary>More days than these are named by a wildcard, since an address has an end.</summary>
    const int MostNamed = 40;

    /// <summary>Keeps how far each journal has been taken.</summary>
    public string Journals { get; } = $"homer-journal-{space}";

    /// <summary>Keeps who does what only one process may do.</summary>
    public string Leases { get; } = $"homer-lease-{space}";

    /// <summary>Keeps what each process that takes packets in has done.</summary>
    public string Statuses { get; } = $"homer-status-{space}";

    public static string NameOf(DocumentKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Every index of the kind.</summary>
    public string All(DocumentKind kind) => $"homer-{NameOf(kind)}-{space}-*";

    /// <param name="routed">Another namespace than its own.</param>
    public string Of(DocumentKind kind, DateOnly day, string? routed = null) =>
        $"homer-{NameOf(kind)}-{routed ?? space}-{day.ToString("yyyy.MM.dd", CultureInfo.InvariantCulture)}";

    /// <summary>The kind and day of an index; null when the name is none of this namespace.</summary>
    public (DocumentKind Kind, DateOnly Day)? Parse(string index)
    {
        foreach (DocumentKind kind in Enum.GetValues<DocumentKind>())
        {
            string start = All(kind)[..^1];
            if (index.StartsWith(start, StringComparison.Ordinal)
                && DateOnly.TryParseExact(index.AsSpan(start.Length), "yyyy.MM.dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
                return (kind, day);
        }

        return null;
    }

    /// <summary>
    /// The indices that can hold documents of a range, by comma. A call stays in the day it was first stored under while its first message may
    /// turn out to lie on the day before or after.
    /// </summary>
    public string Within(DocumentKind kind, TimeRange range)
    {
        int around = kind == DocumentKind.Call ? 1 : 0;
        DateOnly first = range.From.Day.AddDays(-around);
        DateOnly last = range.To.Day.AddDays(around);
        int days = last.DayNumber - first.DayNumber + 1;
        return days > MostNamed ? All(kind) : string.Join(',', Enumerable.Range(0, Math.Max(1, days)).Select(day => Of(kind, first.AddDays(day))));
    }
}
