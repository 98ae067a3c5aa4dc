namespace Homer.Search.Server.Options;

/// <summary>Everything an operator can set.</summary>
static class Settings
{
    public const string VariablePrefix = "HOMER_";

    public static readonly Setting Data = new("data", "folder", "./data", "Folder of journal and index.");
    public static readonly Setting Hep = new(
        "hep", "address:port", "127.0.0.1:9060", "Where HEP is received over UDP and TCP; several with commas.");
    public static readonly Setting HepTls = new("hep-tls", "address:port", "none", "Where HEP is received over TLS, e.g. 0.0.0.0:9061; several with commas.");
    public static readonly Setting TlsCertificate = new(
        "tls-certificate", "file", "none", "PEM file of the certificate that HEP over TLS shows; read again when it changes.");
    public static readonly Setting TlsKey = new("tls-key", "file", "in tls-certificate", "PEM file of its private key.");
    public static readonly Setting TlsClients = new(
        "tls-clients", "file", "none", "PEM file of authorities: only agents with a certificate of one of them are taken (mutual TLS).");
    public static readonly Setting HepAllow = new("hep-allow", "network", "all", "Networks that HEP is taken from, e.g. 10.0.0.0/8,2001:db8::/32.");
    public static readonly Setting HepKey = new(
        "hep-key", "key", "none", "Key that every packet has to carry, several with commas; better set in the file or as HOMER_HEP_KEY.");
    public static readonly Setting HepKeys = new(
        "hep-keys", "file", "none", "YAML file with keys of single agents by their capture agent id; read again when it changes.");
    public static readonly Setting HepKeyless = new("hep-keyless", "network", "none", "Networks whose packets need no key.");
    public static readonly Setting HepRate = new(
        "hep-rate", "n", "any number", "Packets a second that one address may send; what is beyond is dropped and counted.");
    public static readonly Setting DropDuplicates = new(
        "drop-duplicates", "100ms", "none", "A packet that the same agent sent before within this time, below 500ms, is dropped and counted.");
    public static readonly Setting DiscardMethods = new("discard-methods", "method", "none", "SIP methods that are not stored, e.g. OPTIONS.");
    public static readonly Setting DiscardUserAgents = new(
        "discard-agents", "name", "none", "User agents whose messages are not stored, by a part of their name, e.g. friendly-scanner.");
    public static readonly Setting Http = new(
        "http", "address:port", "127.0.0.1:9080", "Where pages, GraphQL, health and metrics are served.");
    public static readonly Setting ChangeKey = new(
        "change-key", "key", "none", "Key that lets GraphQL change the aliases of --rules, in the header Homer-Key; better set as HOMER_CHANGE_KEY. Without it nothing can be changed.");
    public static readonly Setting Store = new(
        "store", "duckdb|https://host:9200", "duckdb",
        "Where documents are kept: embedded, or in Elasticsearch or OpenSearch; several nodes with commas, user:password@ before the host.");
    public static readonly Setting StoreApiKey = new(
        "store-api-key", "key", "none", "Encoded API key for Elasticsearch; better set as HOMER_STORE_API_KEY, where others do not see it.");
    public static readonly Setting StoreBearer = new(
        "store-bearer", "token", "none", "Bearer token for an engine that takes those; better set as HOMER_STORE_BEARER, where others do not see it.");
    public static readonly Setting StoreAuthority = new(
        "store-ca", "file", "the machine's authorities", "PEM file of the authorities that may have signed the engine's certificate.");
    public static readonly Setting Namespace = new(
        "namespace", "name", "default", "Part of the names of the engine's indices, so that several installations can share one.");
    public static readonly Setting Roles = new("roles", "ingest,graphql,jobs", "ingest,graphql,jobs", "What this process does.");
    public static readonly Setting Retention = new(
        "retention", "30d,50GB", "none", "What is kept: days, a size of index and raw messages together, or both; with engine, e.g. 30d,engine, Elasticsearch or OpenSearch itself deletes.");
    public static readonly Setting JournalSize = new(
        "journal-size", "4GB", "4GB", "How much may wait in the journal while the store is slow or away; at 20,000 messages a second 4 GB last five minutes.");
    public static readonly Setting Rules = new(
        "rules", "folder", "the shipped rules", "Folder of rule files, e.g. correlation.yaml, read again when one changes; a file that is not there is the shipped one.");
    public static readonly Setting GeoIp = new(
        "geoip", "folder", "none", "Folder of MaxMind files (.mmdb) that say country and network of addresses; read at the start.");
    public static readonly Setting LogLevel = new(
        "log-level", "debug|information|warning|error", "information", "The least that is logged.");
    public static readonly Setting LogFormat = new("log-format", "text|json", "text", "Log lines for people or compact JSON.");
    public static readonly Setting LogStore = new(
        "log-store", "true|false", "false", "Keep the program's own log in Elasticsearch or OpenSearch too, to be searched beside the logs of calls.");

    /// <summary>Names the file itself, so it cannot stand in it.</summary>
    public static readonly Setting Config = new("config", "file", "homer.yaml when it is there", "File that holds these settings.");

    public static readonly IReadOnlyList<Setting> All =
        [Data, Hep, Http, Store, StoreApiKey, StoreBearer, StoreAuthority, Namespace, Roles, Retention, JournalSize, Rules, ChangeKey, GeoIp,
        HepTls, TlsCertificate, TlsKey, TlsClients, HepAllow, HepKey, HepKeys, HepKeyless, HepRate, DropDuplicates, DiscardMethods, DiscardUserAgents, LogLevel, LogFormat, LogStore,
        Config];

    /// <summary>Those that say where documents are kept, and how to be let in.</summary>
    public static readonly IReadOnlyList<Setting> OfStore = [Store, StoreApiKey, StoreBearer, StoreAuthority, Namespace];

    public static readonly IReadOnlyList<Setting> InFile = [.. All.Where(setting => setting != Config)];
}
