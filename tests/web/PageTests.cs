using System.Net;
using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Web;

public sealed class PageTests : IAsyncLifetime
{
    Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_overview_counts_the_calls_of_the_last_hour_and_names_the_failed_ones()
    {
        await _site.AddCallAsync("good@x", 200, "OK", CallOutcome.Answered);
        await _site.AddCallAsync("bad@x", 503, "Service Unavailable", CallOutcome.Capacity);

        string html = await _site.GetAsync("/");

        Assert.Contains("<strong class=\"figure\">2</strong><small>calls in the last hour</small>", html, StringComparison.Ordinal);
        Assert.Contains("50.0 %</strong><small>answered (1)", html, StringComparison.Ordinal);
        Assert.Contains("/calls/bad%40x", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/calls/good%40x", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_overview_shows_the_indicators_of_the_last_hour()
    {
        await _site.AddCallAsync("good@x", 200, "OK", CallOutcome.Answered);
        await _site.AddCallAsync("bad@x", 503, "Service Unavailable", CallOutcome.Capacity);
        await _site.AddCallAsync("busy@x", 486, "Busy Here", CallOutcome.Busy);

        string html = (await _site.GetAsync("/")).ReplaceLineEndings("");

        Assert.Contains("Indicators of the last hour", html, StringComparison.Ordinal);
        Assert.Matches("Network effectiveness ratio</small>\\s*<strong>66.7 %</strong> <span class=\"faint\">2 of 3</span>", html);
        Assert.Matches("Ineffective registration attempts</small>\\s*<strong>–</strong>", WebUtility.HtmlDecode(html));
    }

    [Fact]
    public async Task The_overview_says_why_packets_are_not_being_stored_and_what_was_lost()
    {
        _site.Ingest.ReportBy(() => new IngestStatus(
            10, 4, [new ReasonCount("journal_full", 3)], [new ReasonCount("NotHep", 2)], 1500, 4096, "The disk is full: make room.", []));

        string html = await _site.GetAsync("/");

        Assert.Contains("The disk is full: make room.", html, StringComparison.Ordinal);
        Assert.Contains("journal_full", html, StringComparison.Ordinal);
        Assert.Contains("NotHep", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registrations_are_listed_and_one_tells_its_requests_and_lapses()
    {
        await _site.AddRegistrationAsync("reg/1@x");
        await _site.AddCallAsync("good@x", 200, "OK", CallOutcome.Answered);

        string list = await _site.GetAsync("/registrations");
        string one = await _site.GetAsync("/registrations/reg%2F1%40x");

        Assert.Contains("1 series of registrations", list, StringComparison.Ordinal);
        Assert.Contains("href=\"/registrations/reg%2F1%40x\"", list, StringComparison.Ordinal);
        Assert.Contains("<h1>bob@example.net</h1>", one, StringComparison.Ordinal);
        Assert.Contains("14:01:00.020", one, StringComparison.Ordinal);
        Assert.Contains("the binding was not refreshed in time", one, StringComparison.Ordinal);
        Assert.Contains("200 OK", one, StringComparison.Ordinal);
        Assert.Contains("/registrations?q=bob", await _site.GetAsync("/search?q=bob"), StringComparison.Ordinal);
        Assert.Contains("No such registration", await _site.GetAsync("/registrations/good%40x", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_flow_has_a_lane_a_host_when_asked_for()
    {
        await _site.AddCallAsync("bad@x", 503, "Service Unavailable", CallOutcome.Capacity);

        Assert.Contains(">10.0.0.1:5060</text>", await _site.GetAsync("/calls/bad%40x"), StringComparison.Ordinal);
        Assert.Contains(">10.0.0.1</text>", await _site.GetAsync("/calls/bad%40x?lanes=host"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_page_says_what_went_wrong_and_links_to_the_messages_that_prove_it()
    {
        await _site.AddCallAsync("bad@x", 503, "Service Unavailable", CallOutcome.Capacity);

        string html = await _site.GetAsync("/calls/bad%40x");

        Assert.Contains("<span class=\"badge bad\">no-capacity</span> 10.0.0.2:5060 refused the INVITE with 503 Service Unavailable after 0.3 s.", html, StringComparison.Ordinal);
        Assert.Contains("https://www.rfc-editor.org/rfc/rfc3261#section-21.5.4", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#message-2\">503 Service Unavailable (INVITE)</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_page_shows_all_legs_and_why_they_belong_together()
    {
        await _site.AddCallAsync("a@x", 200, "OK", CallOutcome.Answered);
        await _site.AddCallAsync("b@x", 200, "OK", CallOutcome.Answered, identifier: "x-cid=a@x");
        await _site.AddCallAsync("other@x", 200, "OK", CallOutcome.Answered);

        string html = await _site.GetAsync("/calls/a%40x");

        Assert.Contains("Legs of this call", html, StringComparison.Ordinal);
        Assert.Contains("x-cid (x-cid=a@x)", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("class=\"leg1\"", html, StringComparison.Ordinal);
        Assert.Contains("/calls/b%40x", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/calls/other%40x", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/export/pcapng?callId=a%40x\" download", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Legs of this call", await _site.GetAsync("/calls/other%40x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Six_digits_of_a_number_find_the_call()
    {
        await _site.AddCallAsync("wanted@x", 486, "Busy Here", CallOutcome.Busy, caller: "+49301234567");
        await _site.AddCallAsync("other@x", 200, "OK", CallOutcome.Answered, caller: "+49309999999");

        string html = await _site.GetAsync("/search?q=234567");

        Assert.Contains("/calls/wanted%40x", html, StringComparison.Ordinal);
        Assert.DoesNotContain("/calls/other%40x", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_cannot_be_read_is_shown_with_a_mark_under_the_mistake()
    {
        string html = await _site.GetAsync("/search?q=" + Uri.EscapeDataString("fromm : alice"), HttpStatusCode.BadRequest);

        Assert.Contains("fromm", html, StringComparison.Ordinal);
        Assert.Contains("^^^^^", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_that_cannot_be_read_is_said_so()
    {
        string html = await _site.GetAsync("/search?from=yesterday-ish", HttpStatusCode.BadRequest);
        Assert.Contains("yesterday-ish", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_facet_narrows_the_search()
    {
        await _site.AddCallAsync("bad@x", 503, "Service Unavailable", CallOutcome.Capacity);

        string html = await _site.GetAsync("/search?kind=calls");

        Assert.Contains(Uri.EscapeDataString("call.outcome : \"capacity\""), html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_page_shows_ladder_and_messages()
    {
        await _site.AddCallAsync("busy@x", 486, "Busy Here", CallOutcome.Busy);

        string html = await _site.GetAsync("/calls/busy%40x");

        Assert.Contains("<svg class=\"ladder\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#message-2\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"message-2\"", html, StringComparison.Ordinal);
        Assert.Contains("SIP/2.0 486 Busy Here", html, StringComparison.Ordinal);
        Assert.Contains("10.0.0.2:5060", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b?c#d%2F@x")]
    [InlineData("ü&<>\"'@host")]
    public async Task A_call_id_may_hold_what_an_address_holds(string callId)
    {
        await _site.AddCallAsync(callId, 200, "OK", CallOutcome.Answered);
        Assert.Contains("<svg class=\"ladder\"", await _site.GetAsync("/calls/" + Uri.EscapeDataString(callId)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_message_says_is_never_taken_as_markup()
    {
        await _site.AddCallAsync("evil@x", 200, "<script>alert(1)</script>", CallOutcome.Answered, "<img src=x>", subject: "</pre><script>alert(2)</script>");

        foreach (string address in (string[])["/", "/search", "/search?kind=messages", "/calls/evil%40x"])
        {
            string html = await _site.GetAsync(address);
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Every_page_forbids_what_it_does_not_need()
    {
        using HttpResponseMessage answer = await _site.Http.GetAsync(new Uri("/search", UriKind.Relative), TestContext.Current.CancellationToken);
        string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_call_is_not_found_and_offers_a_search()
    {
        string html = await _site.GetAsync("/calls/nobody%40x", HttpStatusCode.NotFound);
        Assert.Contains("nobody@x", html, StringComparison.Ordinal);
        Assert.Contains("action=\"/search\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_page_is_not_found()
    {
        Assert.Contains("no such page", await _site.GetAsync("/nowhere", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_single_message_shows_its_bytes_and_its_fields()
    {
        await _site.AddMessageAsync("one@x", Site.Now, "alice", "OPTIONS", null, null, "OPTIONS sip:x SIP/2.0\r\nCall-ID: one@x\r\n\r\n");
        string list = await _site.GetAsync("/search?kind=messages&from=now-1h&to=now%2B1h");
        int start = list.IndexOf("/messages/", StringComparison.Ordinal);

        string html = await _site.GetAsync(list[start..list.IndexOf('"', start)]);

        Assert.Contains("OPTIONS sip:x SIP/2.0", html, StringComparison.Ordinal);
        Assert.Contains("sip.from.uri.username", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_finds_much_is_paged()
    {
        for (int number = 0; number < 60; number++)
            await _site.AddMessageAsync($"many-{number}@x", Site.Now.Plus(TimeSpan.FromSeconds(-number)), "alice", "OPTIONS", null, null, "");

        string newest = await _site.GetAsync("/search?kind=messages");
        Assert.DoesNotContain("many-59@x", newest, StringComparison.Ordinal);
        int start = newest.LastIndexOf("/search?kind=messages", newest.IndexOf("Older", StringComparison.Ordinal), StringComparison.Ordinal);
        string older = await _site.GetAsync(WebUtility.HtmlDecode(newest[start..newest.IndexOf('"', start)]));
        Assert.Contains("many-59@x", older, StringComparison.Ordinal);
        Assert.DoesNotContain("many-0@x", older, StringComparison.Ordinal);
    }
}
