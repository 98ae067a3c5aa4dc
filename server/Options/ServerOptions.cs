using System.Net;
using Homer.Search.Ingest;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Serilog.Events;

namespace Homer.Search.Server.Options;

/// <summary>What an operator set, read and checked.</summary>
sealed record ServerOptions
{
    /// <summary>Absolute path.</summary>
    public required string Data { get; init; }

    /// <summary>The engine that keeps the documents; null for the embedded store in the data folder.</summary>
    public required ElasticOptions? Elastic { get; init; }

    public required IReadOnlyList<IPEndPoint> Hep { get; init; }
    public required IReadOnlyList<IPEndPoint> HepTls { get; init; }

    /// <summary>Null when no TLS is asked for.</summary>
    public required TlsOptions? Tls { get; init; }

    public required GateOptions Gate { get; init; }
    public required IPEndPoint Http { get; init; }

    /// <summary>Lets who shows it change things over GraphQL; null when nobody may.</summary>
    public required string? ChangeKey { get; init; }
    public required Roles Roles { get; init; }
    public required RetentionPolicy Retention { get; init; }
    /// <summary>Octets that may wait in the journal.</summary>
    public required long JournalSize { get; init; }

    public required RuleFiles Rules { get; init; }

    /// <summary>Where addresses are; null when it is not known.</summary>
    public required GeoDatabases? Places { get; init; }
    public required LogEventLevel LogLevel { get; init; }
    public required bool LogJson { get; init; }

    /// <summary>The engine keeps the program's log as well.</summary>
    public required bool LogStore { get; init; }

    const string RefusedName = "refused.jsonl";

    /// <summary>Keeps what the engine has refused for good.</summary>
    public string RefusedFile => Path.Combine(Data, RefusedName);
    public string JournalFolder => Path.Combine(Data, "journal");
    public string IndexFolder => Path.Combine(Data, "index");

    /// <exception cref="CommandException">Names the first value that cannot be, where it was set, and what to give.</exception>
    public static ServerOptions From(SettingValues values)
    {
        string data = SettingReading.Folder(values[Settings.Data]);
        RetentionPolicy retention = SettingReading.Retention(values[Settings.Retention]);
        ElasticOptions? elastic = StoreReading.Elastic(values, retention, Path.Combine(data, RefusedName));
        return new ServerOptions
        {
            Data = data,
            Elastic = elastic,
            Hep = SettingReading.Addresses(values[Settings.Hep]),
            HepTls = values.Given(Settings.HepTls) is { } tls ? SettingReading.Addresses(tls) : [],
            Tls = SettingReading.Tls(values),
            Gate = SettingReading.Gate(values),
            Http = SettingReading.Address(values[Settings.Http]),
            ChangeKey = values.Given(Settings.ChangeKey) is { } key ? SettingReading.ChangeKey(key) : null,
            Roles = SettingReading.Roles(values[Settings.Roles]),
            Retention = retention,
            JournalSize = SettingReading.JournalSize(values[Settings.JournalSize]),
            Places = SettingReading.Places(values.Given(Settings.GeoIp)),
            Rules = RuleFiles.Open(values.Given(Settings.Rules), canRoute: elastic is not null),
            LogLevel = SettingReading.Choice<LogEventLevel>(values[Settings.LogLevel], "debug", "information", "warning", "error"),
            LogJson = SettingReading.Choice<LogFormat>(values[Settings.LogFormat], "text", "json") == LogFormat.Json,
            LogStore = StoreReading.KeepsLog(values),
        };
    }

    enum LogFormat
    {
        Text,
        Json,
    }
}
