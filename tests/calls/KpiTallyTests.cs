using System.Globalization;
using System.Text;
using CsCheck;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Indicators;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Calls;

/// <summary>The ten scenarios of the reference together, and the two registrations; the expected values were computed by hand.</summary>
public sealed class KpiTallyTests
{
    static readonly string[] Calls = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10"];

    const double Later = 1_000_000;

    /// <summary>The scenarios, each begun at some moment, whole or cut after some messages.</summary>
    static readonly Func<int, CallView>[] Variants =
    [
        .. new[] { "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "R1", "R2" }.Select(name =>
            (Func<int, CallView>)(number => Folding.Call(Cut(Scenarios.Get(name), number)))),
    ];

    static IEnumerable<Message> Cut(Message[] messages, int number) => messages.Take(1 + (number * 7 % messages.Length))
        .Select(message => message with { Milliseconds = message.Milliseconds + (number * 1000) });

    [Theory]
    [InlineData("asr", 6, 10)]
    [InlineData("abr", 6, 10)]
    [InlineData("ner", 8, 10)]
    [InlineData("ser", 6, 10)]
    [InlineData("seer", 7, 10)]
    [InlineData("isa", 2, 10)]
    [InlineData("scr", 6, 10)]
    [InlineData("failRate", 2, 10)]
    [InlineData("pgrr", 7, 10)]
    [InlineData("ccr", 6, 6)]
    [InlineData("shortCalls", 0, 6)]
    [InlineData("ira", 1, 2)]
    [InlineData("serRfc", 6, 11)]
    [InlineData("seerRfc", 7, 11)]
    [InlineData("iraRfc", 1, 4)]
    public void Ratios_are_those_of_the_reference(string name, long numerator, long denominator)
    {
        Ratio ratio = All()[Kpis.Ratio(name)];

        Assert.Equal(new Ratio(numerator, denominator), ratio);
        Assert.Equal(100.0 * numerator / denominator, ratio.Percent);
    }

    [Theory]
    [InlineData("srd", 7090, 6, 1125.0)]
    [InlineData("srdFailed", 1215, 3, 300.0)]
    [InlineData("pdd", 7990, 7, 1050.0)]
    [InlineData("sdd", 705, 6, 37.5)]
    [InlineData("sdt", 525_000, 6, 75_000.0)]
    [InlineData("acd", 525_000, 6, 75_000.0)]
    [InlineData("mht", 614_535, 10, 42_170.0)]
    [InlineData("rrd", 60, 1, 60.0)]
    [InlineData("sdtFailed", 0, 0, null)]
    public void Times_are_those_of_the_reference(string name, long sum, long count, double? median)
    {
        Delays delays = All()[Kpis.Delay(name)];

        Assert.Equal((sum, count), (delays.Sum, delays.Count));
        Assert.Equal(median, delays.Percentile(0.5));
    }

    [Fact]
    public void Nothing_is_not_a_hundred_percent()
    {
        KpiTally none = Of([]);

        Assert.All(Kpis.Ratios, kpi => Assert.Null(none[kpi].Percent));
        Assert.All(Kpis.Delays, kpi => Assert.Null(none[kpi].Mean));
    }

    [Fact]
    public void The_example_that_tells_NER_from_ISA()
    {
        Message[] notFound = Scenarios.Get("C3").With(2, message => message with { StartLine = "SIP/2.0 404 Not Found" });
        KpiTally tally = Of([Scenarios.Get("C1"), Scenarios.Get("C2"), notFound]);

        Assert.Equal(66.6667, tally[Kpis.Ratio("ner")].Percent!.Value, 4);
        Assert.Equal(0, tally[Kpis.Ratio("isa")].Percent);
    }

    [Fact]
    public void A_call_without_an_end_counts_only_where_it_may()
    {
        KpiTally pending = Of([Scenarios.Get("C1")[..3]], now: 2000);
        KpiTally talking = Of([Scenarios.Get("C1")[..5]], now: 60_000);
        KpiTally headless = Of([Scenarios.Get("C1")[5..]]);

        Assert.Equal((1, 0, 1, 0), Counted(pending));
        Assert.Equal((1, 1, 0, 0), Counted(talking));
        Assert.Equal((1, 0, 0, 1), Counted(headless));
        Assert.Equal(new Ratio(0, 0), pending[Kpis.Ratio("asr")]);
        Assert.Equal(new Ratio(1, 1), talking[Kpis.Ratio("asr")]);
        Assert.Equal(new Ratio(0, 0), talking[Kpis.Ratio("scr")]);
        Assert.Equal(0, talking[Kpis.Delay("mht")].Count);
    }

    [Fact]
    public void A_BYE_that_nobody_answers_is_a_failed_session_of_32_seconds_more()
    {
        KpiTally tally = Of([Scenarios.Get("C1")[..6]]);

        Assert.Equal(92_000, tally[Kpis.Delay("sdtFailed")].Sum);
        Assert.Equal(0, tally[Kpis.Delay("sdt")].Count);
        Assert.Equal(60_000, tally[Kpis.Delay("acd")].Sum);
        Assert.Equal(new Ratio(0, 1), tally[Kpis.Ratio("scr")]);
    }

    [Fact]
    public void A_redirection_that_nobody_follows_leaves_two_denominators()
    {
        KpiTally tally = Of([Scenarios.Get("C1"), Scenarios.Get("C7")[..3]]);

        Assert.Equal(new Ratio(1, 1), tally[Kpis.Ratio("ser")]);
        Assert.Equal(new Ratio(1, 1), tally[Kpis.Ratio("seer")]);
        Assert.Equal(new Ratio(0, 2), tally[Kpis.Ratio("isa")]);
        Assert.Equal(new Ratio(1, 2), tally[Kpis.Ratio("scr")]);
        Assert.Equal(new Ratio(1, 2), tally[Kpis.Ratio("asr")]);
    }

    [Fact]
    public void Every_indicator_is_that_of_the_calls_looked_at_one_by_one() =>
        Gen.Select(Gen.Int[0, 11].Array[0, 40], Gen.Double[0, 400_000]).Sample((picks, now) =>
        {
            Document[] calls = [.. picks.Select((pick, number) => Variants[pick](number).Document)];

            KpiTruth.Check(calls, Moment(now), Tally(calls, now));
        });

    [Fact]
    public void The_page_of_indicators_shows_their_definitions() => Golden.Check("docs/kpis.md", Page());

    static (long Calls, long Attempts, long Pending, long Incomplete) Counted(KpiTally tally)
    {
        long Count(string name) => tally[Kpis.Counts.Single(kpi => kpi.Name == name)];
        return (Count("calls"), Count("attempts"), Count("pending"), Count("incomplete"));
    }

    static KpiTally All() => Of([.. Calls.Select(Scenarios.Get), Scenarios.Get("R1"), Scenarios.Get("R2")]);

    static KpiTally Of(IEnumerable<Message[]> calls, double now = Later) => Tally([.. calls.Select(messages => Folding.Call(messages, now).Document)], now);

    /// <summary>The tally that a store makes of calls.</summary>
    static KpiTally Tally(Document[] calls, double now)
    {
        var query = new MeasureQuery(DocumentKind.Call, TimeRange.All, new Query.Everything(), KpiTally.Measures(Moment(now)));
        return new KpiTally(Assert.Single(MemoryMeasures.Of(query, calls)).Measures);
    }

    static Instant Moment(double milliseconds) => new Message(milliseconds, "", "", "").Time;

    static string Page()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Indicators

            What `kpis` of the API and the overview page count; made out of the rows in `calls/Kpis/Kpis.cs` (`HOMER_RENEW_GOLDEN=1 dotnet test --project tests/calls`
            writes this page anew).

            - An **attempt** is a Call-ID begun by an INVITE without To-tag, counted once at the hop nearest the caller: retransmissions, copies on further hops and
              requests within a dialog are none. A challenge, a redirection or a request to try again, and what followed it within 32 s, are one attempt, which begins
              with its first INVITE.
            - A ratio comes with numerator and denominator and is undefined, not 0, when the denominator is 0. Add numerators and denominators up, never percentages.
            - A call counts by when it began. Without a final answer it counts as pending until it times out: after 32 s, or 3 minutes once it rang.
            - A call that a back-to-back user agent parts into legs counts once, by the leg that stands for its session (`session.first_leg`). A job ties legs
              about 20 s after they were written (docs/operations.md); until then each counts. With `each: LEG` every Call-ID counts: ask so when a query is about
              later legs, as that of a carrier behind the user agent.
            - Where RFC 6076 counts requests and not attempts, the indicator stands once more with `Rfc` behind its name.
            - `by` parts calls by any fields; a call counts under each value of a field with several.
            - The store adds up; no call is read. Percentiles are exact on the embedded store, on Elasticsearch and OpenSearch near (t-digest): their rank is within
              2 % of all calls.


            """);
        Append(page, "Counts", Kpis.Counts);
        Append(page, "Ratios, percent", Kpis.Ratios);
        Append(page, "Times, milliseconds", Kpis.Delays);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    static void Append(StringBuilder page, string title, IEnumerable<Kpi> kpis)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {title}\n\n| name | what it is | how it is computed | source |\n|---|---|---|---|\n");
        foreach (Kpi kpi in kpis)
            page.Append(CultureInfo.InvariantCulture, $"| `{kpi.Name}` | {kpi.Title} | {kpi.Formula} | {kpi.Source} |\n");
        page.Append('\n');
    }
}
