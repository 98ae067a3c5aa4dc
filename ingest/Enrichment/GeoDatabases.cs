using System.Collections.Concurrent;
using System.Net;
using System.Text;
using MaxMind.Db;

namespace Homer.Search.Ingest;

/// <summary>
/// Country and network operator of addresses, from files in MaxMind's format (GeoLite2, GeoIP2 and what others make like them). Keeps what it found, since the
/// same addresses come again. Safe for several threads.
/// </summary>
public sealed class GeoDatabases : IDisposable
{
    /// <summary>Addresses kept at most; then it begins anew.</summary>
    const int Bound = 65_536;

    readonly ConcurrentDictionary<UInt128, Place> _known = [];
    readonly Reader[] _readers;

    /// <summary>Opens every <c>.mmdb</c> file of a folder.</summary>
    /// <exception cref="InvalidDataException">There is none, or one cannot be read as such.</exception>
    public GeoDatabases(string folder)
    {
        string[] files = Directory.GetFiles(folder, "*.mmdb");
        if (files.Length == 0)
            throw new InvalidDataException($"There is no .mmdb file in {folder}.");
        Array.Sort(files, StringComparer.Ordinal);
        var readers = new List<Reader>();
        foreach (string file in files)
        {
            try
            {
                readers.Add(new Reader(file, FileAccessMode.MemoryMapped));
            }
            catch (InvalidDatabaseException e)
            {
                readers.ForEach(static reader => reader.Dispose());
                throw new InvalidDataException($"{file} is no MaxMind database: {e.Message}", e);
            }
        }

        _readers = [.. readers];
    }

    /// <summary>What the files know of an address.</summary>
    public Place Find(UInt128 address)
    {
        if (_known.TryGetValue(address, out Place? place))
            return place;
        if (_known.Count >= Bound)
            _known.Clear();
        return _known[address] = Read(PeerAddress.ToAddress(address));
    }

    public void Dispose()
    {
        foreach (Reader reader in _readers)
            reader.Dispose();
    }

    Place Read(IPAddress address)
    {
        var place = new Place([], null, []);
        foreach (Reader reader in _readers)
        {
            if (reader.Find<Dictionary<string, object>>(address) is not { } found)
                continue;
            // Of an address whose country is not known, that of its network's registration.
            string? country = IsoCode(found, "country") ?? IsoCode(found, "registered_country");
            place = new Place(
                country is null ? place.Country : Encoding.UTF8.GetBytes(country),
                found.TryGetValue("autonomous_system_number", out object? number) ? Convert.ToInt64(number, null) : place.AsNumber,
                found.TryGetValue("autonomous_system_organization", out object? name) && name is string text ? Encoding.UTF8.GetBytes(text) : place.AsName);
        }

        return place;
    }

    static string? IsoCode(Dictionary<string, object> found, string key) =>
        found.TryGetValue(key, out object? value) && value is Dictionary<string, object> part && part.TryGetValue("iso_code", out object? code)
            ? code as string
            : null;
}

/// <summary>What is known of an address; texts in UTF-8, empty when not known.</summary>
/// <param name="Country">ISO 3166-1.</param>
/// <param name="AsNumber">Of the autonomous system it is announced by.</param>
/// <param name="AsName">Who runs that.</param>
public sealed record Place(byte[] Country, long? AsNumber, byte[] AsName);
