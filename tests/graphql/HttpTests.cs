using System.Net;
using System.Text.Json.Nodes;

namespace Homer.Search.Tests.Api;

/// <summary>What the endpoint does with requests that are not quite GraphQL.</summary>
public sealed class HttpTests : ApiTest
{
    const string Json = "application/json";
    const string Query = """{"query":"{ __typename }"}""";

    [Theory]
    [InlineData("PUT", HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED", "GET, POST")]
    [InlineData("DELETE", HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED", "GET, POST")]
    public async Task Only_GET_and_POST_are_taken(string method, HttpStatusCode status, string code, string allow)
    {
        using HttpResponseMessage response = await Api.SendAsync(new HttpMethod(method), Json, Query);

        await RefusedAsync(response, status, code);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task A_body_in_another_form_is_refused(string? contentType)
    {
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Post, Json, Query, contentType);

        await RefusedAsync(response, HttpStatusCode.UnsupportedMediaType, "MEDIA_TYPE_UNSUPPORTED");
    }

    [Theory]
    [InlineData("application/xml", HttpStatusCode.NotAcceptable, "")]
    [InlineData("application/json;q=0", HttpStatusCode.NotAcceptable, "")]
    [InlineData("application/xml, application/graphql-response+json;q=0.5", HttpStatusCode.OK, "application/graphql-response+json")]
    [InlineData("application/json;q=0.5, application/graphql-response+json", HttpStatusCode.OK, "application/graphql-response+json")]
    [InlineData("application/json, application/graphql-response+json;q=0.9", HttpStatusCode.OK, "application/json")]
    [InlineData("application/*", HttpStatusCode.OK, "application/json")]
    public async Task The_answer_comes_in_the_form_the_client_likes_best(string accept, HttpStatusCode status, string mediaType)
    {
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Post, accept, Query);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(mediaType.Length > 0 ? mediaType : Json, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_batch_is_refused()
    {
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Post, Json, $"[{Query}]");

        await RefusedAsync(response, HttpStatusCode.BadRequest, "PARAMETERS_INVALID");
    }

    [Fact]
    public async Task A_body_over_one_mebibyte_is_refused()
    {
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Post, Json, $$"""{"query":"{{new string(' ', 1024 * 1024)}}"}""");

        await RefusedAsync(response, HttpStatusCode.RequestEntityTooLarge, "REQUEST_TOO_LARGE");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.OK)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost", HttpStatusCode.OK)]
    public async Task A_page_of_another_site_may_not_ask(string header, string value, HttpStatusCode status)
    {
        using HttpResponseMessage post = await Api.SendAsync(HttpMethod.Post, Json, Query, Json, ApiHost.Address, (header, value));
        using HttpResponseMessage get = await Api.SendAsync(HttpMethod.Get, Json, null, null, $"{ApiHost.Address}?query={{__typename}}", (header, value));

        Assert.Equal(status, post.StatusCode);
        Assert.Equal(status, get.StatusCode);
    }

    [Theory]
    [InlineData("mutation { __typename }")]
    [InlineData("subscription { __typename }")]
    public async Task GET_only_reads(string document)
    {
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Get, Json, address: $"{ApiHost.Address}?query={WebUtility.UrlEncode(document)}");

        await RefusedAsync(response, HttpStatusCode.MethodNotAllowed, "GET_READS_ONLY");
    }

    [Fact]
    public async Task A_query_that_would_cost_too_much_is_refused_before_it_runs()
    {
        JsonNode answer = await Api.AskAsync(
            """{ calls(range: {from: "now-1d", to: "now"}, first: 1000) { nodes { messages { raw headers { name value } } session { legs { callId } } } } }""");

        Assert.Null(answer["data"]);
        Assert.Contains("complex", answer["errors"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(Api.Store.Searches);
    }

    [Fact]
    public async Task A_query_nested_too_deeply_is_refused()
    {
        string nested = string.Concat(Enumerable.Repeat("session { legs { ", 12)) + "callId" + string.Concat(Enumerable.Repeat(" } }", 12));

        JsonNode answer = await Api.AskAsync($$"""{ call(callId: "x") { {{nested}} } }""");

        Assert.Null(answer["data"]);
        Assert.Contains("too nested", answer["errors"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_gone_stops_its_query()
    {
        using var gone = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiHost.Address) { Content = new StringContent(Query, null, Json) };
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Api.Http.SendAsync(request, gone.Token));
        Assert.Empty(Api.Log.Lines);
    }

    static async Task RefusedAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(code, answer["errors"]![0]!["extensions"]!["code"]!.GetValue<string>());
        Assert.Null(answer["data"]);
    }
}
