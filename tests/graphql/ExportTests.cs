using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Homer.Search.Tests.Api;

public sealed class ExportTests : ApiTest
{
    [Fact]
    public async Task A_call_is_exported_with_the_messages_of_all_its_legs()
    {
        using HttpResponseMessage answer = await GetAsync("json?callId=leg%4010.0.0.9");

        Assert.Equal("attachment; filename=\"homer.json\"", answer.Content.Headers.ContentDisposition!.ToString());
        JsonArray messages = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!.AsArray();
        // The store keeps the bytes of two.
        Assert.Equal(2, messages.Count);
        Assert.Equal(Captures.Busy, messages[0]!["callId"]!.GetValue<string>());
        Assert.Equal(Captures.Invite, Convert.FromBase64String(messages[0]!["rawBase64"]!.GetValue<string>()));
        using HttpResponseMessage own = await GetAsync("json?callId=leg%4010.0.0.9&legs=own");
        Assert.Equal("[]", (await own.Content.ReadAsStringAsync(Cancellation)).ReplaceLineEndings(""));
    }

    [Fact]
    public async Task What_a_search_finds_is_exported()
    {
        using HttpResponseMessage found = await GetAsync("txt?from=now-1h&query=" + Uri.EscapeDataString("status : 486"));
        string text = await found.Content.ReadAsStringAsync(Cancellation);

        Assert.StartsWith("---- 2026-11-24T14:20:00.600000000Z [2001:db8::2]:5080 -> 10.0.0.1:5060 udp, seen by edge\nSIP/2.0 486 Busy Here\r\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("INVITE sip", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_masked_export_names_nobody()
    {
        using HttpResponseMessage answer = await GetAsync("txt?callId=busy%2F1%4010.0.0.1&masked=true");
        string text = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(Cancellation));

        Assert.Contains("INVITE sip:+493xxxx@example.com SIP/2.0", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_holds_the_report_and_every_format_as_it_is_given_alone()
    {
        using HttpResponseMessage answer = await GetAsync("zip?callId=busy%2F1%4010.0.0.1");
        using var bundle = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Cancellation)));

        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            ["report.txt", "messages.pcapng", "messages.txt", "messages.json", "messages.html", "messages.xml"], bundle.Entries.Select(entry => entry.FullName));
        foreach (ZipArchiveEntry entry in bundle.Entries.Skip(1))
        {
            using HttpResponseMessage alone = await GetAsync($"{entry.FullName.Split('.')[1]}?callId=busy%2F1%4010.0.0.1");
            Assert.Equal(await alone.Content.ReadAsStringAsync(Cancellation), await TextAsync(entry));
        }

        string report = await TextAsync(bundle.Entries[0]);
        Assert.StartsWith("busy/1@10.0.0.1\n\nBusy: ", report, StringComparison.Ordinal);
        Assert.Contains("─ INVITE", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scenario_for_SIPp_plays_the_caller()
    {
        using HttpResponseMessage answer = await GetAsync("xml?callId=busy%2F1%4010.0.0.1");
        string scenario = Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(Cancellation));

        Assert.Contains("      INVITE sip:+4930123@[remote_ip]:[remote_port] SIP/2.0\n", scenario, StringComparison.Ordinal);
        Assert.Contains("      From: \"J\u00fcrgen\" <sip:alice@example.com>;tag=[pid]SIPpTag[call_number]\n", scenario, StringComparison.Ordinal);
        Assert.Contains("      X-Note: folded over lines\n", scenario, StringComparison.Ordinal);
        Assert.EndsWith("  </send>\n  <recv response=\"486\"/>\n</scenario>\n", scenario, StringComparison.Ordinal);
        Assert.DoesNotContain("branch=z9hG4bK1", scenario, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_to_hand_on_needs_nothing_else_and_shows_markup_as_text()
    {
        using HttpResponseMessage answer = await GetAsync("html?callId=busy%2F1%4010.0.0.1&masked=true");
        string page = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("<h1>busy/1@10.0.0.1</h1>\n<p>Busy: ", page, StringComparison.Ordinal);
        Assert.Contains("From: &quot;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=|@import|<script", page);
    }

    static async Task<string> TextAsync(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(await entry.OpenAsync(Cancellation));
        return await reader.ReadToEndAsync(Cancellation);
    }

    [Theory]
    [InlineData("docx?callId=busy%2F1%4010.0.0.1", HttpStatusCode.NotFound, "There is no format `docx`; give one of pcap, pcapng, txt, json, html, xml, zip.")]
    [InlineData("xml?from=now-1h", HttpStatusCode.BadRequest, "A SIPp scenario is made of one call: give its callId.")]
    [InlineData("pcap?callId=nobody", HttpStatusCode.NotFound, "There is no such call")]
    [InlineData("pcap?query=fromm%20%3A%20x", HttpStatusCode.BadRequest, "fromm")]
    [InlineData("pcap?from=yesterday-ish", HttpStatusCode.BadRequest, "yesterday-ish")]
    public async Task What_cannot_be_exported_is_refused_with_the_reason(string address, HttpStatusCode status, string reason)
    {
        using HttpResponseMessage answer = await GetAsync(address);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    Task<HttpResponseMessage> GetAsync(string address) => Api.Http.GetAsync(new Uri($"http://localhost/export/{address}"), Cancellation);
}
