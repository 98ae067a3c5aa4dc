using System.Globalization;
using System.Text;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

/// <summary>Findings that a summary is stored with; that they are those of the messages is held for every call of the other tests by <see cref="Found"/>.</summary>
public sealed class StoredFindingTests
{
    /// <summary>Version 1 of a registration that was taken back, challenged and accepted.</summary>
    const string FirstVersion =
        "01040000F323845BD718E0D403040107000000200705616C6963650B6578616D706C652E636F6D03626F620B6578616D706C652E6E65740C556E617574686F72697A6564024F4B06656467652D31"
        + "041F4E961EA2C4CEA000000000810E2B380111040A000001C427040A000002C42701D10F060001010601000000000001020304000000049D010600000100004691030201A09C010500008F0206"
        + "0000020003A8C30146C8010201E0D403060000";

    [Fact]
    public void Every_stored_finding_is_one_of_the_rules() => Assert.Empty(StoredFindings.Names.Except(CallFindings.Names));

    [Fact]
    public void What_only_the_messages_themselves_tell_is_not_stored() => Assert.Equal(
        ["great-jitter", "max-forwards-not-decreased", "no-media", "one-way-audio", "poor-voice", "request-came-back", "session-timer-expired", "sip-alg"], CallFindings.Names.Except(StoredFindings.Names).Order());

    [Fact]
    public void The_page_of_findings_shows_the_rules() => Golden.Check("docs/findings.md", Page());

    [Fact]
    public void Silence_becomes_a_finding_by_the_clock_of_the_reader()
    {
        Message[] call = Scenarios.Get("C6");

        Assert.Empty(Folding.Call(call, now(10)).Findings);
        Assert.Equal(["no-answer"], Folding.Call(call, now(32)).Findings);

        double now(double seconds) => call[^1].Milliseconds + (seconds * 1000);
    }

    [Fact]
    public void A_late_answer_takes_the_finding_back()
    {
        Message[] call = Scenarios.Get("C9");
        Document stored = Folding.Merge(null, Folding.Update(call[..^1]))!;

        Assert.Contains("unanswered-bye", Folding.View(stored, Found.Later).Findings);
        Assert.DoesNotContain("unanswered-bye", Folding.View(Folding.Merge(stored, Folding.Update(call[^1..], position: 1000)), Found.Later).Findings);
    }

    [Fact]
    public void A_search_finds_what_the_reader_sees()
    {
        Message[] call = Scenarios.Get("C6");
        Document stored = Folding.Call(call).Document;
        foreach (string query in (string[])["finding : \"no-answer\"", "finding : no-*", "finding : *"])
        {
            Assert.False(Finds(query, 10), query);
            Assert.True(Finds(query, 32), query);
            Assert.True(Finds($"not {query}", 10), query);
        }

        bool Finds(string text, double seconds)
        {
            Instant now = call[^1].Time.Plus(TimeSpan.FromSeconds(seconds));
            return QueryMatch.Matches(TimedOutQuery.AsOf(QueryLanguage.Parse(text, DocumentKind.Call, now), now), stored);
        }
    }

    [Fact]
    public void Facts_of_the_first_version_are_read()
    {
        var batch = new DocumentBatch(DocumentKind.Call, 1);

        Assert.True(Folding.Update(Scenarios.Get("R1")[..1], journal: 99).Merge(Convert.FromHexString(FirstVersion), batch));

        Document merged = BatchRows.Read(batch, 0);
        Assert.Empty(merged.Many(Fields.Tags));
        Assert.Equal("unregistered", merged.Text(Fields.CallOutcome));
        Assert.Equal(5, merged.Integer(Fields.MessageCount));
    }

    static string Page()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Findings

            What a call's page and `findings` of the API may say of a call, the gravest first; made out of the rules in `calls/Findings`
            (`HOMER_RENEW_GOLDEN=1 dotnet test --project tests/calls` writes this page anew). Each names the messages that prove it.

            Those marked as searched are stored with the call's summary when it is written: `finding : "missing-ack"`, or `finding : *` for calls with any. That
            somebody does not answer is found once the wait is over: 32 s after the last message, 3 minutes once it rings. The others need the messages themselves
            or its quality reports, and are found when the call is looked at. Where the summary knows less than the messages, the page decides: of several realms under one Call-ID, of
            headers in unusual capitals, and of descriptions in PRACK and UPDATE.

            | name | severity | searched | where to look and how to mend it | how it should be |
            |---|---|---|---|---|

            """);
        foreach (FindingRule rule in CallFindings.Rules.OrderByDescending(rule => rule.Severity).ThenBy(rule => rule.Name, StringComparer.Ordinal))
        {
            string searched = StoredFindings.Names.Contains(rule.Name) ? "yes" : "";
            page.Append(CultureInfo.InvariantCulture, $"| `{rule.Name}` | {rule.Severity} | {searched} | {rule.Hint} | [{rule.Reference}]({rule.Reference.Link}) |\n");
        }

        return page.ToString();
    }
}
