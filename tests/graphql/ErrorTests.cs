using System.Text.Json.Nodes;
using Homer.Search.Store;

namespace Homer.Search.Tests.Api;

/// <summary>Mistakes are told to who made them; what is ours stays here.</summary>
public sealed class ErrorTests : ApiTest
{
    [Fact]
    public async Task A_mistake_in_the_query_names_its_place_and_what_could_stand_there()
    {
        JsonObject error = await ErrorAsync("""{ messages(range: {from: "now-1h", to: "now"}, query: "method : INVITE and usr_agent : x") { totalCount } }""");

        JsonObject extensions = error["extensions"]!.AsObject();
        Assert.Equal("QUERY_SYNTAX", extensions["code"]!.GetValue<string>());
        Assert.Equal("method : INVITE and ".Length, extensions["position"]!.GetValue<int>());
        Assert.Equal("usr_agent".Length, extensions["length"]!.GetValue<int>());
        Assert.Equal("user_agent", extensions["suggestion"]!.GetValue<string>());
        Assert.Equal("messages", error["path"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""first: 0""", "first", "`first` is 0; it must lie between 1 and 1000.")]
    [InlineData("""first: 1001""", "first", "`first` is 1001; it must lie between 1 and 1000.")]
    [InlineData("""sort: [{field: "nonsense"}]""", "sort", "`nonsense` is not a field of sip documents that can be sorted or counted by.")]
    [InlineData("""sort: [{field: "call.state"}]""", "sort", "`call.state` is not a field of sip documents that can be sorted or counted by.")]
    [InlineData("""sort: [{field: "sip.headers"}]""", "sort", "`sip.headers` is not a field of sip documents that can be sorted or counted by.")]
    public async Task An_argument_that_cannot_be_used_is_named(string argument, string name, string message)
    {
        JsonObject error = await ErrorAsync($$"""{ messages(range: {from: "now-1h", to: "now"}, {{argument}}) { totalCount } }""");

        Assert.Equal("BAD_INPUT", error["extensions"]!["code"]!.GetValue<string>());
        Assert.Equal(name, error["extensions"]!["argument"]!.GetValue<string>());
        Assert.Equal(message, error["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("yesterday", "now")]
    [InlineData("now", "now-1h")]
    public async Task A_range_that_is_none_is_told_with_what_to_write(string from, string to)
    {
        JsonObject error = await ErrorAsync($$"""{ calls(range: {from: "{{from}}", to: "{{to}}"}) { totalCount } }""");

        Assert.Equal("BAD_INPUT", error["extensions"]!["code"]!.GetValue<string>());
        Assert.Equal("range", error["extensions"]!["argument"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_store_that_is_away_is_told_as_that()
    {
        Api.Store.Failure = new StoreException("The disk is full. Make room.", isTransient: true);

        JsonObject error = await ErrorAsync("""{ messages(range: {from: "now-1h", to: "now"}) { totalCount } }""");

        Assert.Equal("STORE_UNAVAILABLE", error["extensions"]!["code"]!.GetValue<string>());
        Assert.Equal("The disk is full. Make room.", error["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_cursor_of_no_page_is_the_mistake_of_who_sent_it()
    {
        JsonObject error = await ErrorAsync("""{ messages(range: {from: "now-1h", to: "now"}, after: "nonsense") { totalCount } }""");

        Assert.Equal("BAD_INPUT", error["extensions"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unexpected_failure_shows_only_the_identifier_under_which_it_is_logged()
    {
        Api.Store.Failure = new InvalidOperationException("secret of the house");

        JsonObject error = await ErrorAsync("""{ messages(range: {from: "now-1h", to: "now"}) { totalCount } }""");

        string message = error["message"]!.GetValue<string>();
        string id = message[^13..^1];
        Assert.Equal("UNEXPECTED", error["extensions"]!["code"]!.GetValue<string>());
        Assert.DoesNotContain("secret", error.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(Api.Log.Lines, line => line.Contains(id, StringComparison.Ordinal) && line.Contains("secret of the house", StringComparison.Ordinal));
    }

    async Task<JsonObject> ErrorAsync(string query)
    {
        JsonArray errors = (await Api.AskAsync(query))["errors"]!.AsArray();
        return Assert.Single(errors)!.AsObject();
    }
}
