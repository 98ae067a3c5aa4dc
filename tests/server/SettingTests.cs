using System.Net;
using Homer.Search.Calls;
using Homer.Search.Server;
using Homer.Search.Server.Options;
using Homer.Search.Store.Elastic;
using Serilog.Events;

namespace Homer.Search.Tests.Server;

public sealed class SettingTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homer-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_nobody_sets_has_its_default()
    {
        ServerOptions options = Read();
        Assert.Equal(Path.GetFullPath("data"), options.Data);
        Assert.Equal([IPEndPoint.Parse("127.0.0.1:9060")], options.Hep);
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:9080"), options.Http);
        Assert.Equal(Roles.Ingest | Roles.GraphQL | Roles.Jobs, options.Roles);
        Assert.Null(options.Retention.Days);
        Assert.Null(options.Retention.Bytes);
        Assert.Equal(LogEventLevel.Information, options.LogLevel);
        Assert.False(options.LogJson);
    }

    [Fact]
    public void The_command_line_goes_before_the_environment_and_that_before_the_file()
    {
        File("http: 127.0.0.1:1\nhep: 127.0.0.1:1\nretention: 1d\n");
        ServerOptions options = Read(
            new() { [Settings.Http] = "127.0.0.1:3" }, new() { ["HOMER_HTTP"] = "127.0.0.1:2", ["HOMER_HEP"] = "127.0.0.1:2" });
        Assert.Equal(3, options.Http.Port);
        Assert.Equal(2, Assert.Single(options.Hep).Port);
        Assert.Equal(1, options.Retention.Days);
    }

    [Fact]
    public void Several_addresses_stand_with_commas_or_as_a_list_in_the_file()
    {
        File("hep:\n  - 127.0.0.1:9060\n  - '[::1]:9061'\n");
        Assert.Equal([IPEndPoint.Parse("127.0.0.1:9060"), IPEndPoint.Parse("[::1]:9061")], Read().Hep);
        Assert.Equal([new(IPAddress.Any, 1), new(IPAddress.Loopback, 2)], Read(new() { [Settings.Hep] = "0.0.0.0:1, localhost:2" }).Hep);
    }

    [Fact]
    public void Rules_are_the_shipped_ones_unless_a_folder_has_others()
    {
        Assert.Same(CorrelationRules.Shipped, Read().Rules.Correlation.Current);
        Assert.Same(CorrelationRules.Shipped, Read(new() { [Settings.Rules] = _folder.FullName }).Rules.Correlation.Current);

        System.IO.File.WriteAllText(Path.Combine(_folder.FullName, "correlation.yaml"), "hub: 7\nrules:\n  - { name: own, from: icid }\n");
        CorrelationRules rules = Read(new() { [Settings.Rules] = _folder.FullName }).Rules.Correlation.Current;
        Assert.Equal(7, rules.Hub);
        Assert.Equal("own", Assert.Single(rules.Rules).Name);
    }

    [Fact]
    public void A_mistake_in_a_rule_is_told_with_its_place()
    {
        string path = Path.Combine(_folder.FullName, "correlation.yaml");
        System.IO.File.WriteAllText(path, "rules:\n  - { name: own, from: icd }\n");

        Assert.StartsWith($"{path}, line 2, column 24: `icd` is no identifier", Refusal(new() { [Settings.Rules] = _folder.FullName }), StringComparison.Ordinal);
        Assert.Contains("there is no such folder", Refusal(new() { [Settings.Rules] = Path.Combine(_folder.FullName, "missing") }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_may_be_named_and_then_has_to_be_there()
    {
        string other = Path.Combine(_folder.FullName, "other.yaml");
        System.IO.File.WriteAllText(other, "http: 127.0.0.1:7\n");
        Assert.Equal(7, Read(new() { [Settings.Config] = "other.yaml" }).Http.Port);
        Assert.Equal(7, Read(environment: new() { ["HOMER_CONFIG"] = other }).Http.Port);
        Assert.Contains("cannot be read", Refusal(new() { [Settings.Config] = "missing.yaml" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30d", 30, null)]
    [InlineData("50GB", null, 50L << 30)]
    [InlineData("30d,500MB", 30, 500L << 20)]
    [InlineData("2TB, 7d", 7, 2L << 40)]
    [InlineData("none", null, null)]
    public void Retention_is_days_or_a_size_or_both(string text, int? days, long? bytes)
    {
        ServerOptions options = Read(new() { [Settings.Retention] = text });
        Assert.Equal(days, options.Retention.Days);
        Assert.Equal(bytes, options.Retention.Bytes);
    }

    [Fact]
    public void Days_may_be_left_to_the_engine()
    {
        ServerOptions options = Read(new() { [Settings.Store] = "http://127.0.0.1:9200", [Settings.Retention] = "30d,engine" });
        Assert.Equal((30, true), (options.Retention.Days, options.Retention.ByEngine));
        Assert.Equal(30, options.Elastic!.DaysByEngine);
        Assert.Null(Read(new() { [Settings.Store] = "http://127.0.0.1:9200", [Settings.Retention] = "30d" }).Elastic!.DaysByEngine);
    }

    [Theory]
    [InlineData("http", "9080x", "--http 9080x: give address:port, e.g. 127.0.0.1:9080 or [::1]:9080.")]
    [InlineData("http", "9080", "--http 9080: give address:port, e.g. 127.0.0.1:9080 or [::1]:9080.")]
    [InlineData("http", "127.0.0.1:70000", "--http 127.0.0.1:70000: give address:port, e.g. 127.0.0.1:9080 or [::1]:9080.")]
    [InlineData("http", "::1:9080", "--http ::1:9080: give address:port, e.g. 127.0.0.1:9080 or [::1]:9080.")]
    [InlineData("http", "7:9080", "--http 7:9080: give address:port, e.g. 127.0.0.1:9080 or [::1]:9080.")]
    [InlineData("hep", "127.0.0.1:9060,proxy", "--hep proxy: give address:port, e.g. 127.0.0.1:9080 or [::1]:9080.")]
    [InlineData("hep", ",", "--hep ,: give address:port, e.g. 127.0.0.1:9060.")]
    [InlineData("data", " ", "--data  : give a folder, e.g. ./data.")]
    [InlineData("store", "sqlite", "--store: this is no store; give duckdb, or the http:// or https:// address of Elasticsearch or OpenSearch, "
        + "e.g. https://user:password@search.example.net:9200.")]
    [InlineData("store", "http://es:9200,", "--store: this is no store; give duckdb, or the http:// or https:// address of Elasticsearch or OpenSearch, "
        + "e.g. https://user:password@search.example.net:9200.")]
    [InlineData("namespace", "a", "--namespace: the embedded store has no use for it; leave it out, or set --store.")]
    [InlineData("roles", "ingest,graphq",
        "--roles ingest,graphq: graphq is no role; did you mean graphql? Give ingest, graphql, jobs or several with commas.")]
    [InlineData("roles", "", "--roles : give ingest, graphql, jobs or several with commas.")]
    [InlineData("retention", "30", "--retention 30: give days, a size or both, e.g. 30d,50GB; none keeps everything.")]
    [InlineData("retention", "0d", "--retention 0d: give days, a size or both, e.g. 30d,50GB; none keeps everything.")]
    [InlineData("retention", "engine", "--retention engine: an engine deletes by age alone; give the days with it and no size, e.g. 30d,engine.")]
    [InlineData("retention", "30d,50GB,engine", "--retention 30d,50GB,engine: an engine deletes by age alone; give the days with it and no size, e.g. 30d,engine.")]
    [InlineData("retention", "30d,engine", "--retention: the embedded store has no engine that deletes; leave engine out, or set --store.")]
    [InlineData("retention", "1d,2d", "--retention 1d,2d: give days, a size or both, e.g. 30d,50GB; none keeps everything.")]
    [InlineData("hep-tls", "127.0.0.1:9061", "--hep-tls 127.0.0.1:9061: TLS needs a certificate; give --tls-certificate and --tls-key.")]
    [InlineData("tls-clients", "a.pem", "--tls-clients a.pem: needs an address to listen on; give --hep-tls as well, e.g. 127.0.0.1:9061.")]
    [InlineData("hep-allow", "10.0.0.0/8,10.0.0.0/33", "--hep-allow 10.0.0.0/33: give a network, e.g. 10.0.0.0/8 or 192.0.2.1/32.")]
    [InlineData("change-key", "short", "--change-key: give at least 16 characters of ASCII, e.g. what `openssl rand -hex 24` prints.")]
    [InlineData("log-level", "loud", "--log-level loud: give one of debug, information, warning, error.")]
    [InlineData("log-format", "xml", "--log-format xml: give one of text, json.")]
    [InlineData("log-store", "yes", "--log-store yes: give true or false.")]
    [InlineData("log-store", "true", "--log-store: the embedded store holds what came through the journal, not the program's log; leave it out, or set --store.")]
    public void A_value_that_cannot_be_is_refused_with_what_to_give(string name, string text, string message) =>
        Assert.Equal(message, Refusal(new() { [Settings.All.Single(setting => setting.Name == name)] = text }));

    [Fact]
    public void The_address_of_an_engine_is_a_store_with_its_own_settings()
    {
        Assert.Null(Read().Elastic);
        ElasticOptions engine = Read(
            new() { [Settings.Store] = "https://reader:p%40ss@one:9200, https://two:9200/search", [Settings.Namespace] = "lab_2" },
            new() { ["HOMER_STORE_API_KEY"] = "key" }).Elastic!;
        Assert.Equal(["https://reader:p%40ss@one:9200/", "https://two:9200/search"], engine.Nodes.Select(node => node.AbsoluteUri));
        Assert.Equal(("lab_2", "key", true), (engine.Namespace, engine.ApiKey, engine.Compress));
        Assert.False(Read(new() { [Settings.Store] = "http://127.0.0.1:9200" }).Elastic!.Compress);
        Assert.False(Read(new() { [Settings.Store] = "http://127.0.0.1:9200" }).LogStore);
        Assert.True(Read(new() { [Settings.Store] = "http://127.0.0.1:9200", [Settings.LogStore] = "true" }).LogStore);
        Assert.Equal("a.token", Read(new() { [Settings.Store] = "http://one:9200", [Settings.StoreBearer] = "a.token" }).Elastic!.BearerToken);
    }

    [Fact]
    public void A_wrong_setting_of_the_engine_is_told_without_its_password()
    {
        string store = "https://u:secret@one:9200";
        Assert.Equal("--namespace Lab: give lower-case letters, digits and _.", Refusal(new() { [Settings.Store] = store, [Settings.Namespace] = "Lab" }));
        Assert.Equal("--store-ca none.pem: there is no such file; give the PEM file of the authority.",
            Refusal(new() { [Settings.Store] = store, [Settings.StoreAuthority] = "none.pem" }));
        Assert.Equal("--store-bearer: there is an API key as well; give one of the two.",
            Refusal(new() { [Settings.Store] = store, [Settings.StoreApiKey] = "key", [Settings.StoreBearer] = "token" }));
        Assert.DoesNotContain("secret", Refusal(new() { [Settings.Store] = store + ",ftp://two" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_routes_to_a_namespace_needs_a_store_that_has_them()
    {
        string path = Path.Combine(_folder.FullName, "capture.yaml");
        System.IO.File.WriteAllText(path, "rules: [{ name: acme, when: '*', namespace: acme }]");
        Assert.Equal(
            $"{path}, line 1, column 45: the embedded store is one namespace; set `tag` or `carrier` instead and search by it, or give --store an engine.",
            Refusal(new() { [Settings.Rules] = _folder.FullName }));
        ServerOptions options = Read(new() { [Settings.Rules] = _folder.FullName, [Settings.Store] = "http://127.0.0.1:9200" });
        Assert.Equal("namespace acme", Assert.Single(options.Rules.Capture.Current.Rules).Does);
        System.IO.File.WriteAllText(path, "rules: [{ name: acme, when: '*', namespace: Acme }]");
        Assert.EndsWith(
            "`Acme` is no namespace: give lower-case letters, digits and _.",
            Refusal(new() { [Settings.Rules] = _folder.FullName, [Settings.Store] = "http://127.0.0.1:9200" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_keys_has_to_be_there_and_whole()
    {
        string missing = Refusal(new() { [Settings.HepKeys] = "none.yaml" });
        Assert.StartsWith("--hep-keys none.yaml: the file cannot be read (", missing, StringComparison.Ordinal);
        string path = Path.Combine(_folder.FullName, "keys.yaml");
        System.IO.File.WriteAllText(path, "agents: [{ agent: 7, key: hush-hush }]");
        Assert.Equal(1, Read(new() { [Settings.HepKeys] = path }).Gate.AgentKeys.Current.Count);
        System.IO.File.WriteAllText(path, "agents: [{ agent: seven, key: hush-hush }]");
        Assert.Equal($"{path}, line 1, column 19: `agent` is a capture agent id, not `seven`.", Refusal(new() { [Settings.HepKeys] = path }));
    }

    [Fact]
    public void Who_may_send_and_what_is_not_wanted_stands_with_commas()
    {
        ServerOptions options = Read(
            new()
            {
                [Settings.HepAllow] = "10.0.0.0/8, 2001:db8::/32",
                [Settings.HepKeyless] = "10.1.0.0/16",
                [Settings.HepRate] = "5000",
                [Settings.DropDuplicates] = "100ms",
                [Settings.DiscardMethods] = "OPTIONS,NOTIFY",
                [Settings.DiscardUserAgents] = "friendly-scanner",
                [Settings.HepTls] = "127.0.0.1:9061",
                [Settings.TlsCertificate] = "server.pem",
            },
            new() { ["HOMER_HEP_KEY"] = "one,two" });
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32")], options.Gate.Allowed);
        Assert.Equal([IPNetwork.Parse("10.1.0.0/16")], options.Gate.Keyless);
        Assert.Equal(["one", "two"], options.Gate.Keys);
        Assert.Equal((5000, TimeSpan.FromMilliseconds(100)), (options.Gate.PerPeer, options.Gate.DuplicateWindow));
        Assert.Equal(["OPTIONS", "NOTIFY"], options.Gate.DiscardMethods);
        Assert.Equal(["friendly-scanner"], options.Gate.DiscardUserAgents);
        Assert.Equal([IPEndPoint.Parse("127.0.0.1:9061")], options.HepTls);
        Assert.Equal(Path.GetFullPath("server.pem"), options.Tls!.Certificate);
    }

    [Fact]
    public void Limits_that_cannot_be_are_refused()
    {
        Assert.Contains("give packets a second", Refusal(new() { [Settings.HepRate] = "many" }), StringComparison.Ordinal);
        Assert.Contains("give a time from 1ms to 499ms", Refusal(new() { [Settings.DropDuplicates] = "500ms" }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("capture.yaml", "rules: [{ name: a, when: '*' }]", "the rule `a` does nothing")]
    [InlineData("aliases.yaml", "aliases: [{ name: a }]", "the alias `a` needs `ip`")]
    [InlineData("numbers.yaml", "region: Germany", "`Germany` is no region")]
    public void Every_file_of_rules_is_checked_at_the_start(string file, string text, string mistake)
    {
        string path = Path.Combine(_folder.FullName, file);
        System.IO.File.WriteAllText(path, text);
        Assert.StartsWith($"{path}, line 1, column", Refusal(new() { [Settings.Rules] = _folder.FullName }), StringComparison.Ordinal);
        Assert.Contains(mistake, Refusal(new() { [Settings.Rules] = _folder.FullName }), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_names_the_variable_or_the_file_that_holds_the_value()
    {
        Assert.StartsWith("HOMER_HTTP 1: give", Refusal(environment: new() { ["HOMER_HTTP"] = "1" }), StringComparison.Ordinal);
        string path = File("http: 1\n");
        Assert.StartsWith($"{path}: http 1: give", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_no_setting_is_refused_with_the_nearest_name()
    {
        Assert.Equal("HOMER_HTPP is set but is no setting; did you mean HOMER_HTTP? Unset it or correct its name.",
            Refusal(environment: new() { ["HOMER_HTPP"] = "x" }));
        Assert.Equal("HOMER_ELEPHANT is set but is no setting. Unset it or correct its name.",
            Refusal(environment: new() { ["HOMER_ELEPHANT"] = "x" }));
    }

    [Fact]
    public void Variables_of_the_tests_and_of_others_are_left_alone() =>
        Assert.Equal(9080, Read(environment: new() { ["HOMER_TEST_AGENTS"] = "1", ["HOMER_RENEW_GOLDEN"] = "1", ["HOME"] = "/" })
            .Http.Port);

    [Theory]
    [InlineData("htttp: 127.0.0.1:1\n", ", line 1: unknown key htttp; did you mean http? Known are data, hep, http,")]
    [InlineData("hep: 127.0.0.1:1\nconfig: x\n", ", line 2: unknown key config. Known are data, hep,")]
    [InlineData("http: {a: b}\n", ", line 1: http takes a value or a list of values, e.g. `http: 127.0.0.1:9080`.")]
    [InlineData("- http\n", ": the file is no mapping; give lines like `http: 127.0.0.1:9080`.")]
    [InlineData("http: [\n", ": this is no YAML (")]
    public void A_file_that_cannot_be_is_refused_with_its_line(string yaml, string message)
    {
        string path = File(yaml);
        string refusal = Refusal();
        Assert.StartsWith(path, refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal);
    }

    [Fact]
    public void An_empty_file_sets_nothing()
    {
        File("# nothing yet\n");
        Assert.Equal(9080, Read().Http.Port);
    }

    string File(string yaml)
    {
        string path = Path.Combine(_folder.FullName, "homer.yaml");
        System.IO.File.WriteAllText(path, yaml);
        return path;
    }

    ServerOptions Read(Dictionary<Setting, string>? commandLine = null, Dictionary<string, string>? environment = null) =>
        ServerOptions.From(SettingValues.Read(commandLine ?? [], environment ?? [], _folder.FullName));

    string Refusal(Dictionary<Setting, string>? commandLine = null, Dictionary<string, string>? environment = null)
    {
        CommandException refusal = Assert.Throws<CommandException>(() => Read(commandLine, environment));
        Assert.Equal(2, refusal.ExitCode);
        return refusal.Message;
    }
}
