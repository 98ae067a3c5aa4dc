using System.Net;

namespace Homer.Search.Tests.Api;

/// <summary>The page for browsers: without scripts, and hostile content stays text.</summary>
public sealed class QueryPageTests : ApiTest
{
    const string Html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task A_browser_sees_a_form_with_examples_and_the_schema()
    {
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Get, Html);
        string page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<form method=\"post\" action=\"/graphql\"", page, StringComparison.Ordinal);
        Assert.Contains("type Query {", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", string.Concat(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_example_gets_an_answer_without_errors()
    {
        using HttpResponseMessage form = await Api.SendAsync(HttpMethod.Get, Html);
        string[] links = [.. (await form.Content.ReadAsStringAsync(Cancellation)).Split("<a href=\"/graphql").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)])];

        Assert.True(links.Length >= 5);
        foreach (string link in links)
        {
            using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Get, Html, address: ApiHost.Address + link);
            string page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("<h2>Answer</h2>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("\"errors\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_that_was_sent_is_answered_and_keeps_what_was_typed()
    {
        const string Query = "query Q($id: ID!) { message(id: $id) { summary } }";
        string body = $"query={WebUtility.UrlEncode(Query)}&variables={WebUtility.UrlEncode($$"""{"id":"{{Captures.IdOf(0.6, 24)}}"}""")}";
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Post, Html, body, Form);
        string page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("486 Busy Here", page, StringComparison.Ordinal);
        Assert.Contains(Query, page, StringComparison.Ordinal);
        Assert.Contains(Captures.IdOf(0.6, 24), page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("query=%7B", HttpStatusCode.BadRequest)]
    [InlineData("query=%7B__typename%7D&variables=nonsense", HttpStatusCode.BadRequest)]
    public async Task A_mistake_is_shown_on_the_page(string body, HttpStatusCode status)
    {
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Post, Html, body, Form);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains("class=\"mistakes\"", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_stays_text()
    {
        const string Hostile = "</textarea><script>alert(1)</script>";
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Get, Html, address: $"{ApiHost.Address}?query={WebUtility.UrlEncode(Hostile)}&variables={WebUtility.UrlEncode(Hostile)}");

        Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_link_from_another_site_fills_the_form_in_but_asks_nothing()
    {
        using HttpResponseMessage response = await Api.SendAsync(
            HttpMethod.Get, Html, null, null, $"{ApiHost.Address}?query={{agents{{id}}}}", ("Sec-Fetch-Site", "cross-site"));
        string page = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("{agents{id}}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Answer</h2>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        using HttpResponseMessage response = await Api.SendAsync(HttpMethod.Post, Html, "query=%7B__typename%7D", Form, ApiHost.Address, ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
