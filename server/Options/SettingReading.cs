using System.Globalization;
using System.Net;
using Homer.Search.Calls;
using Homer.Search.Ingest;
using Homer.Search.Store;

namespace Homer.Search.Server.Options;

/// <summary>Reads the text of settings; each error says where it was set and what to give.</summary>
static class SettingReading
{
    public static string Folder(SettingValue value) =>
        value.Text.Trim().Length > 0 ? Path.GetFullPath(value.Text) : throw Wrong(value, "give a folder, e.g. ./data");

    public static IReadOnlyList<IPEndPoint> Addresses(SettingValue value)
    {
        IPEndPoint[] addresses = [.. Parts(value).Select(part => Address(value with { Text = part }))];
        return addresses.Length > 0 ? addresses : throw Wrong(value, "give address:port, e.g. 127.0.0.1:9060");
    }

    /// <summary>Both address and port have to be there: .NET itself would read 9080 as the address 0.0.35.120.</summary>
    public static IPEndPoint Address(SettingValue value)
    {
        string text = value.Text.Trim();
        int colon = text.LastIndexOf(':');
        string host = colon < 0 ? "" : text[..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (colon >= 0
            && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            && (bracketed || !host.Contains(':', StringComparison.Ordinal))
            && (host == "localhost" ? "127.0.0.1" : host.Trim('[', ']')) is var literal
            && (bracketed || literal.Count(letter => letter == '.') == 3)
            && IPAddress.TryParse(literal, out IPAddress? address))
        {
            return new IPEndPoint(address, port);
        }

        throw Wrong(value, "give address:port, e.g. 127.0.0.1:9080 or [::1]:9080");
    }

    /// <summary>The files of HEP over TLS, as absolute paths; null when no address is given for it.</summary>
    public static TlsOptions? Tls(SettingValues values)
    {
        if (values.Given(Settings.HepTls) is not { } address)
        {
            Setting? idle = new[] { Settings.TlsCertificate, Settings.TlsKey, Settings.TlsClients }.FirstOrDefault(setting => values.Given(setting) is not null);
            return idle is null ? null : throw Wrong(values[idle], "needs an address to listen on; give --hep-tls as well, e.g. 127.0.0.1:9061");
        }

        return values.Given(Settings.TlsCertificate) is { } certificate
            ? new TlsOptions(Path.GetFullPath(certificate.Text), FullPath(values.Given(Settings.TlsKey)), FullPath(values.Given(Settings.TlsClients)))
            : throw Wrong(address, "TLS needs a certificate; give --tls-certificate and --tls-key");
    }

    /// <summary>Who may send, and what is not wanted.</summary>
    public static GateOptions Gate(SettingValues values) => new()
    {
        Allowed = Networks(values.Given(Settings.HepAllow)),
        Keys = Names(values.Given(Settings.HepKey)),
        AgentKeys = AgentKeys(values.Given(Settings.HepKeys)),
        Keyless = Networks(values.Given(Settings.HepKeyless)),
        PerPeer = values.Given(Settings.HepRate) is { } rate ? Count(rate) : null,
        DuplicateWindow = values.Given(Settings.DropDuplicates) is { } window ? Milliseconds(window) : null,
        DiscardMethods = Names(values.Given(Settings.DiscardMethods)),
        DiscardUserAgents = Names(values.Given(Settings.DiscardUserAgents)),
    };

    /// <summary>Its errors do not show it.</summary>
    public static string ChangeKey(SettingValue value) => value.Text.Trim() is { Length: >= Api.Changes.ChangeKey.ShortestLength } key && key.All(char.IsAscii)
        ? key
        : throw CommandException.Usage(
            $"{value.Origin}: give at least {Api.Changes.ChangeKey.ShortestLength} characters of ASCII, e.g. what `openssl rand -hex 24` prints.");

    static RuleFile<AgentKeys> AgentKeys(SettingValue? value)
    {
        if (value is not { } given)
            return new RuleFile<AgentKeys>(Ingest.AgentKeys.None);
        try
        {
            return new RuleFile<AgentKeys>(Path.GetFullPath(given.Text), AgentKeysFile.Read, shipped: null);
        }
        catch (RuleFileException e)
        {
            throw CommandException.Usage(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(given, $"the file cannot be read ({e.Message.TrimEnd('.')}); correct its name or make it readable");
        }
    }

    public static Roles Roles(SettingValue value)
    {
        Roles roles = 0;
        foreach (string part in Parts(value))
        {
            roles |= part switch
            {
                "ingest" => Options.Roles.Ingest,
                "graphql" => Options.Roles.GraphQL,
                "jobs" => Options.Roles.Jobs,
                _ => throw Wrong(value,
                    $"{part} is no role{Nearest.Hint(part, ["ingest", "graphql", "jobs"])} Give ingest, graphql, jobs or several with commas"),
            };
        }

        return roles != 0 ? roles : throw Wrong(value, "give ingest, graphql, jobs or several with commas");
    }

    public static RetentionPolicy Retention(SettingValue value)
    {
        int? days = null;
        long? bytes = null;
        bool byEngine = false;
        foreach (string part in Parts(value))
        {
            if (part == "none")
                continue;
            if (part == "engine")
            {
                byEngine = true;
                continue;
            }

            if (part.EndsWith('d') && int.TryParse(part[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
                && days is null)
                days = count;
            else if (Size(part) is { } size && bytes is null)
                bytes = size;
            else
                throw Wrong(value, "give days, a size or both, e.g. 30d,50GB; none keeps everything");
        }

        return byEngine && (days is null || bytes is not null)
            ? throw Wrong(value, "an engine deletes by age alone; give the days with it and no size, e.g. 30d,engine")
            : new RetentionPolicy(days, bytes) { ByEngine = byEngine };
    }

    /// <summary>Null when no folder is given.</summary>
    public static GeoDatabases? Places(SettingValue? value)
    {
        if (value is not { } folder)
            return null;
        try
        {
            return new GeoDatabases(folder.Text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Wrong(folder, $"{e.Message.TrimEnd('.')}; give a folder with files like GeoLite2-Country.mmdb and GeoLite2-ASN.mmdb");
        }
    }

    /// <summary>At least two segments.</summary>
    public static long JournalSize(SettingValue value) => Size(value.Text.Trim()) is { } size and >= 256L << 20
        ? size
        : throw Wrong(value, "give a size from 256MB on, e.g. 20GB");

    public static T Choice<T>(SettingValue value, params ReadOnlySpan<string> choices)
        where T : struct, Enum
    {
        string text = value.Text.Trim();
        return choices.Contains(text) && Enum.TryParse(text, ignoreCase: true, out T choice)
            ? choice
            : throw Wrong(value, $"give one of {string.Join(", ", choices.ToArray())}");
    }

    public static bool Flag(SettingValue value) => value.Text.Trim() switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(value, "give true or false"),
    };

    static long? Size(string text)
    {
        (string unit, long factor) = new[] { ("GB", 1L << 30), ("MB", 1L << 20), ("TB", 1L << 40) }
            .FirstOrDefault(unit => text.EndsWith(unit.Item1, StringComparison.OrdinalIgnoreCase), ("", 0));
        return factor > 0 && long.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            && count > 0 && count <= long.MaxValue / factor
            ? count * factor
            : null;
    }

    static int Count(SettingValue value) => int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
        ? count
        : throw Wrong(value, "give packets a second, e.g. 5000");

    /// <summary>Below T1, after which SIP sends the same octets again and means it.</summary>
    static TimeSpan Milliseconds(SettingValue value) =>
        value.Text.EndsWith("ms", StringComparison.Ordinal)
        && int.TryParse(value.Text[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and < 500
            ? TimeSpan.FromMilliseconds(count)
            : throw Wrong(value, "give a time from 1ms to 499ms: after 500 ms SIP itself sends again");

    static string[] Parts(SettingValue value) =>
        value.Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static string[] Names(SettingValue? value) => value is { } given ? Parts(given) : [];

    static IPNetwork[] Networks(SettingValue? value) => value is { } given
        ? [.. Parts(given).Select(part => IPNetwork.TryParse(part, out IPNetwork network)
            ? network
            : throw Wrong(given with { Text = part }, "give a network, e.g. 10.0.0.0/8 or 192.0.2.1/32"))]
        : [];

    static string? FullPath(SettingValue? value) => value is { } file ? Path.GetFullPath(file.Text) : null;

    static CommandException Wrong(SettingValue value, string mend) => CommandException.Usage($"{value.Origin} {value.Text}: {mend}.");
}
