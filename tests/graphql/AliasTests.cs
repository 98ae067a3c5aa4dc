using System.Text.Json.Nodes;
using Homer.Search.Api.Changes;
using Homer.Search.Calls;
using Microsoft.Extensions.DependencyInjection;

namespace Homer.Search.Tests.Api;

/// <summary>Programs read and change what addresses are called.</summary>
public sealed class AliasTests : IDisposable
{
    const string Key = "a key that is long enough";
    const string All = "{ aliases { name ip port agent } }";
    const string Put = """mutation { putAliases(aliases: [{ name: "pbx", ip: "10.0.0.5", agent: 7 }]) { name } }""";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homer-rules-");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string File => Path.Combine(_folder.FullName, "aliases.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task They_are_added_renamed_removed_and_replaced()
    {
        await using ApiHost api = await StartAsync("aliases: [{ name: west, ip: 10.1.0.0/16 }, { name: pbx, ip: 10.0.0.5, agent: 7 }]");
        await ExpectAsync(
            api, """mutation { putAliases(aliases: [{ name: "sbc", ip: "2001:db8::1", port: 5061 }, { name: "West", ip: "10.1.0.0/16" }]) { name ip port agent } }""",
            """
            {"data":{"putAliases":[{"name":"West","ip":"10.1.0.0/16","port":null,"agent":null},{"name":"pbx","ip":"10.0.0.5","port":null,"agent":7},
                {"name":"sbc","ip":"2001:db8::1","port":5061,"agent":null}]}}
            """);
        await ExpectAsync(
            api, """mutation { removeAliases(places: [{ ip: "10.0.0.5/32", agent: 7 }, { ip: "10.1.0.0/16" }]) { name } }""",
            """{"data":{"removeAliases":[{"name":"sbc"}]}}""");
        await api.ExpectAsync(All, """{"data":{"aliases":[{"name":"sbc","ip":"2001:db8::1","port":5061,"agent":null}]}}""");
        await ExpectAsync(
            api, """mutation { replaceAliases(aliases: [{ name: "\"quoted\" \\ ümlaut 🕿 # - {", ip: "10.0.0.1" }]) { name } }""",
            """{"data":{"replaceAliases":[{"name":"\"quoted\" \\ ümlaut 🕿 # - {"}]}}""");
        AliasTable stored = AliasFile.Read("aliases.yaml", new StringReader(await System.IO.File.ReadAllTextAsync(File, Cancellation)));
        Assert.Equal("\"quoted\" \\ ümlaut 🕿 # - {", Assert.Single(stored.Aliases).Name);
        Assert.Equal(["aliases.yaml"], _folder.GetFiles().Select(file => file.Name));
        await ExpectAsync(api, "mutation { replaceAliases(aliases: []) { name } }", """{"data":{"replaceAliases":[]}}""");
    }

    [Theory]
    [InlineData("""{ name: "a", ip: "10.0.0.0/33" }""", "aliases[1]: `10.0.0.0/33` is no address and no network like 10.0.0.0/8.")]
    [InlineData("""{ name: "a", ip: "10.0.0.1", port: 0 }""", "aliases[1]: `port` is a number from 1 to 65535, not `0`.")]
    [InlineData("""{ name: "a", ip: "10.0.0.1", agent: -1 }""", "aliases[1]: `agent` is a capture agent id, not `-1`.")]
    [InlineData("""{ name: "two\nlines", ip: "10.0.0.1" }""", "aliases[1]: `name` has at most 64 characters, on one line.")]
    [InlineData("""{ name: "", ip: "10.0.0.1" }""", "aliases[1]: `name` needs one value.")]
    [InlineData("""{ name: "again", ip: "10.0.0.9" }""", "aliases[1]: 10.0.0.9/32 has a name already; give it another port or agent, or leave one out.")]
    public async Task What_the_file_would_not_take_is_not_taken_and_changes_nothing(string alias, string message)
    {
        await using ApiHost api = await StartAsync("aliases: [{ name: west, ip: 10.1.0.0/16 }]");
        string before = await System.IO.File.ReadAllTextAsync(File, Cancellation);
        foreach (string change in (string[])["putAliases", "replaceAliases"])
        {
            JsonNode answer = await AskAsync(api, $$"""mutation { {{change}}(aliases: [{ name: "good", ip: "10.0.0.9" }, {{alias}}]) { name } }""");
            Assert.Equal(("BAD_INPUT", message), Error(answer));
        }

        Assert.Equal(before, await System.IO.File.ReadAllTextAsync(File, Cancellation));
    }

    [Fact]
    public async Task A_place_without_a_name_is_not_removed_and_no_other_with_it()
    {
        await using ApiHost api = await StartAsync("aliases: [{ name: west, ip: 10.1.0.0/16 }]");
        JsonNode answer = await AskAsync(api, """mutation { removeAliases(places: [{ ip: "10.1.0.0/16" }, { ip: "10.0.0.5", port: 5061, agent: 7 }]) { name } }""");
        Assert.Equal(("NOT_CHANGED", "The aliases were not changed: 10.0.0.5 port 5061 of agent 7 has no name; nothing was removed."), Error(answer));
        await api.ExpectAsync("{ aliases { name } }", """{"data":{"aliases":[{"name":"west"}]}}""");
    }

    [Fact]
    public async Task Without_a_key_set_nothing_can_be_changed_and_it_is_said_how_it_could()
    {
        await using ApiHost api = await StartAsync("", key: null);
        (string? code, string message) = Error(await AskAsync(api, Put));
        Assert.Equal("CHANGES_OFF", code);
        Assert.Contains("start the server with --change-key (better HOMER_CHANGE_KEY), and send that key in the header Homer-Key.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "KEY_MISSING")]
    [InlineData("", "KEY_MISSING")]
    [InlineData("a key that is long enougH", "KEY_WRONG")]
    [InlineData("a key that is long enough, and more", "KEY_WRONG")]
    [InlineData("a", "KEY_WRONG")]
    public async Task Only_who_shows_the_key_changes_anything_and_no_key_is_logged(string? shown, string code)
    {
        await using ApiHost api = await StartAsync("");
        JsonNode answer = await AskAsync(api, Put, shown);
        Assert.Equal(code, Error(answer).Code);
        Assert.DoesNotContain(Key, answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await System.IO.File.ReadAllTextAsync(File, Cancellation));
        Assert.Contains(api.Log.Lines, line => line.Contains(code, StringComparison.Ordinal));
        Assert.DoesNotContain(api.Log.Lines, line => line.Contains("long enough", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Without_a_folder_of_rules_there_is_nowhere_to_keep_them()
    {
        await using ApiHost api = await ApiHost.StartAsync(Cancellation, services => services.AddSingleton(new ChangeKey(Key)));
        Assert.Equal(
            ("NOT_CHANGED", "The aliases were not changed: there is no folder that aliases.yaml could stand in; start the server with --rules FOLDER."),
            Error(await AskAsync(api, Put)));
    }

    [Fact]
    public async Task A_file_that_somebody_edits_meanwhile_counts_and_one_with_a_mistake_is_not_overwritten()
    {
        await using ApiHost api = await StartAsync("");
        await System.IO.File.WriteAllTextAsync(File, "aliases: [{ name: edited, ip: 10.1.0.0/16 }]", Cancellation);
        await ExpectAsync(api, Put, """{"data":{"putAliases":[{"name":"edited"},{"name":"pbx"}]}}""");

        await System.IO.File.WriteAllTextAsync(File, "aliases: [{ name: edited }]", Cancellation);
        (string? code, string message) = Error(await AskAsync(api, Put));
        Assert.Equal("NOT_CHANGED", code);
        Assert.Contains("line 1, column 11: the alias `edited` needs `ip`. Mend the file first; nothing was changed.", message, StringComparison.Ordinal);
        Assert.Equal("aliases: [{ name: edited }]", await System.IO.File.ReadAllTextAsync(File, Cancellation));
    }

    async Task<ApiHost> StartAsync(string yaml, string? key = Key)
    {
        await System.IO.File.WriteAllTextAsync(File, yaml, Cancellation);
        var file = new RuleFile<AliasTable>(File, AliasFile.Read, AliasTable.Empty);
        return await ApiHost.StartAsync(Cancellation, services => services.AddSingleton(new AliasBook(file)).AddSingleton(new ChangeKey(key)));
    }

    static async Task ExpectAsync(ApiHost api, string query, string expected) => ApiHost.Same(expected, await AskAsync(api, query));

    static async Task<JsonNode> AskAsync(ApiHost api, string query, string? key = Key)
    {
        string body = new JsonObject { ["query"] = query }.ToJsonString();
        (string, string)[] headers = key is null ? [] : [(ChangeKey.Header, key)];
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Post, "application/json", body, "application/json", ApiHost.Address, headers);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
    }

    static (string? Code, string Message) Error(JsonNode answer)
    {
        JsonNode error = answer["errors"]![0]!;
        return (error["extensions"]?["code"]?.GetValue<string>(), error["message"]!.GetValue<string>());
    }
}
