using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Server.Options;

/// <summary>Reads where documents are kept. Its errors do not repeat what was set, which may hold a password.</summary>
static class StoreReading
{
    const string Embedded = "duckdb";
    const string Mend = "give duckdb, or the http:// or https:// address of Elasticsearch or OpenSearch, e.g. https://user:password@search.example.net:9200";

    /// <param name="values">What was set.</param>
    /// <param name="retention">What is kept, and who deletes the rest.</param>
    /// <param name="refusedFile">Takes the documents that the engine refuses for good.</param>
    /// <returns>Null for the embedded store.</returns>
    public static ElasticOptions? Elastic(SettingValues values, RetentionPolicy retention, string refusedFile)
    {
        SettingValue store = values[Settings.Store];
        if (store.Text.Trim() == Embedded)
        {
            if (retention.ByEngine)
                throw CommandException.Usage($"{values[Settings.Retention].Origin}: the embedded store has no engine that deletes; leave engine out, or set --store.");
            Setting[] useless = [.. Settings.OfStore.Where(setting => setting != Settings.Store && values.Given(setting) is not null)];
            return useless is []
                ? null
                : throw CommandException.Usage($"{values[useless[0]].Origin}: the embedded store has no use for it; leave it out, or set --store.");
        }

        if (values.Given(Settings.StoreApiKey) is not null && values.Given(Settings.StoreBearer) is { } second)
            throw CommandException.Usage($"{second.Origin}: there is an API key as well; give one of the two.");
        Uri[] nodes = [.. store.Text.Split(',', StringSplitOptions.TrimEntries).Select(part => Node(part, store.Origin))];
        return new ElasticOptions
        {
            Nodes = nodes,
            Namespace = Namespace(values[Settings.Namespace]),
            ApiKey = values.Given(Settings.StoreApiKey)?.Text.Trim(),
            BearerToken = values.Given(Settings.StoreBearer)?.Text.Trim(),
            AuthorityFile = Authority(values.Given(Settings.StoreAuthority)),
            // Between machines octets cost more than the work of compressing them.
            Compress = nodes.Any(node => !node.IsLoopback),
            RefusedFile = refusedFile,
            DaysByEngine = retention.ByEngine ? retention.Days : null,
        };
    }

    /// <summary>Whether the engine keeps the program's log.</summary>
    public static bool KeepsLog(SettingValues values)
    {
        SettingValue wish = values[Settings.LogStore];
        if (!SettingReading.Flag(wish))
            return false;
        return values[Settings.Store].Text.Trim() != Embedded
            ? true
            : throw CommandException.Usage($"{wish.Origin}: the embedded store holds what came through the journal, not the program's log; leave it out, or set --store.");
    }

    static Uri Node(string text, string origin) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? node) && node.Scheme is "http" or "https" && node.Host.Length > 0 && node.Query.Length == 0
            ? node
            : throw CommandException.Usage($"{origin}: this is no store; {Mend}.");

    static string Namespace(SettingValue value) =>
        Namespaces.IsName(value.Text)
            ? value.Text
            : throw CommandException.Usage($"{value.Origin} {value.Text}: give lower-case letters, digits and _.");

    static string? Authority(SettingValue? value) =>
        value is not { } given || File.Exists(given.Text)
            ? value?.Text
            : throw CommandException.Usage($"{given.Origin} {given.Text}: there is no such file; give the PEM file of the authority.");
}
