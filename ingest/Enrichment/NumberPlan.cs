using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using PhoneNumbers;

namespace Homer.Search.Ingest;

/// <summary>
/// Reads what callers dial as international numbers (E.164), by the numbering plans of libphonenumber. Keeps what it read, since reading takes
/// microseconds and the same numbers come again with each message of a call. Safe for several threads.
/// </summary>
/// <param name="region">Where numbers without a country are dialled, in two letters (ISO 3166-1); null reads none.</param>
public sealed class NumberPlan(string? region)
{
    /// <summary>Where the file lies in the folder of rules.</summary>
    public const string FileName = "numbers.yaml";

    /// <summary>Numbers kept at most; then it begins anew.</summary>
    const int Bound = 65_536;

    const int Shortest = 5;
    const int Longest = 32;

    static readonly SearchValues<byte> Dialled = SearchValues.Create("+0123456789-.() "u8);

    readonly ConcurrentDictionary<ulong, Known> _known = [];

    /// <summary>Without a file.</summary>
    public static NumberPlan None { get; } = new(region: null);

    public string? Region { get; } = region;

    /// <summary>Whether a text names a region that has a numbering plan.</summary>
    public static bool IsRegion(string text) => PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(text);

    /// <summary>Number and country in UTF-8; null for what is no valid number of any country.</summary>
    public DialledNumber? Find(ReadOnlySpan<byte> user)
    {
        if (user.Length is < Shortest or > Longest || user.ContainsAnyExcept(Dialled))
            return null;
        ulong hash = XxHash3.HashToUInt64(user);
        if (_known.TryGetValue(hash, out Known? known) && user.SequenceEqual(known.User))
            return known.Number;
        known = new Known(user.ToArray(), Read(Encoding.ASCII.GetString(user)));
        if (_known.Count >= Bound)
            _known.Clear();
        _known[hash] = known;
        return known.Number;
    }

    DialledNumber? Read(string user)
    {
        PhoneNumberUtil plans = PhoneNumberUtil.GetInstance();
        try
        {
            PhoneNumber number = plans.Parse(user, Region);
            return plans.IsValidNumber(number) && plans.GetRegionCodeForNumber(number) is { } country
                ? new DialledNumber(Encoding.ASCII.GetBytes(plans.Format(number, PhoneNumberFormat.E164)), Encoding.ASCII.GetBytes(country))
                : null;
        }
        catch (NumberParseException)
        {
            // Most users that are digits are extensions: no number, and nothing to tell.
            return null;
        }
    }

    sealed record Known(byte[] User, DialledNumber? Number);
}

/// <summary>A number in E.164 and the country it belongs to (ISO 3166-1; 001 for international services), in UTF-8.</summary>
public sealed record DialledNumber(byte[] Number, byte[] Country);
