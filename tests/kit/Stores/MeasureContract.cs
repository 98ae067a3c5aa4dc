using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Indicators;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>Counts, sums and percentiles of groups are what a person would get by hand.</summary>
public abstract class MeasureContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    const int Count = 300;

    static readonly Query Where = new Query.Not(new Query.Equal(Fields.Code, 486L));

    static readonly Measure[] Measures =
    [
        new(new Query.Everything()),
        new(new Query.Equal(Fields.CallMethod, "INVITE")),
        new(new Query.Equal(Fields.CallMethod, "REGISTER"), Fields.AttemptCount),
        new(new Query.Exists(Fields.Carrier), Fields.SetupMs) { Shares = [0.5, 0.9, 0.99] },
        new(new Query.Not(new Query.Everything()), Fields.SetupMs) { Shares = [0.5] },
    ];

    Document[] _calls = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        IReadOnlyList<Sample> samples = SampleCalls.Generate(Count, At(0, day: -1));
        _calls = [.. samples.Select(sample => sample.AsDocument(Journal)).Where(call => QueryMatch.Matches(Where, call))];
        await WriteAsync(8, [], [.. samples.Select(sample => new SampleSummary(sample, 8))]);
    }

    [Theory]
    [InlineData("call.outcome")]
    [InlineData("homer.capture_id")]
    [InlineData("session.first_leg")]
    [InlineData("source.ip")]
    [InlineData("network.carrier.name")]
    [InlineData("sip.code", "network.carrier.name", "source.ip")]
    [InlineData("network.carrier.name", "tags")]
    public async Task Documents_are_parted_by_the_values_of_fields_and_without_one_stand_under_none(params string[] names)
    {
        Field[] by = [.. names.Select(name => Catalogue.Find(name)!)];
        MeasureQuery query = Query() with { By = by };

        IReadOnlyList<MeasureGroup> groups = await Store.MeasureAsync(query, Cancellation);

        Dictionary<string, Document[]> expected = Expected(_calls, document => Combinations(document, by));
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), groups.Select(group => Key(group.Values)).Order(StringComparer.Ordinal));
        Assert.All(groups, group => MeasureAssert.Measured(expected[Key(group.Values)], query, group));
        Assert.All(groups, group => Assert.Null(group.Start));
    }

    [Fact]
    public async Task Documents_are_parted_by_time_too()
    {
        MeasureQuery query = Query() with { By = [Fields.CallMethod], Interval = TimeSpan.FromHours(7) };

        IReadOnlyList<MeasureGroup> groups = await Store.MeasureAsync(query, Cancellation);

        const long length = 7 * 3600 * Instant.NanosecondsPerSecond;
        Dictionary<string, Document[]> expected = Expected(
            _calls, call => [Key([call.Text(Fields.CallMethod), new Instant(call.Time.Nanoseconds / length * length).ToString()])]);
        Assert.Equal(
            expected.Keys.Order(StringComparer.Ordinal),
            groups.Select(group => Key([.. group.Values, group.Start.ToString()])).Order(StringComparer.Ordinal));
        Assert.All(groups, group => MeasureAssert.Measured(expected[Key([.. group.Values, group.Start.ToString()])], query, group));
    }

    [Fact]
    public async Task All_together_are_one_group_also_when_there_are_none()
    {
        MeasureQuery query = Query();
        MeasureAssert.Measured(_calls, query, Assert.Single(await Store.MeasureAsync(query, Cancellation)));

        MeasureQuery nowhere = query with { Range = new TimeRange(At(0, day: 10), At(0, day: 11)) };
        MeasureAssert.Measured([], nowhere, Assert.Single(await Store.MeasureAsync(nowhere, Cancellation)));
        Assert.Empty(await Store.MeasureAsync(nowhere with { By = [Fields.Code] }, Cancellation));
        Assert.Empty(await Store.MeasureAsync(nowhere with { Interval = TimeSpan.FromHours(1) }, Cancellation));
    }

    [Fact]
    public async Task Of_many_groups_no_more_are_answered_than_asked_for_and_all_when_there_are_fewer()
    {
        Assert.Equal(7, (await Store.MeasureAsync(Query() with { By = [Fields.CallId], Most = 7 }, Cancellation)).Count);
        IReadOnlyList<MeasureGroup> all = await Store.MeasureAsync(Query() with { By = [Fields.CallId] }, Cancellation);
        Assert.Equal(_calls.Length, all.Select(group => group.Values[0]).Distinct().Count());
    }

    static MeasureQuery Query() => new(DocumentKind.Call, new TimeRange(At(0, day: -1), At(0, day: 2)), Where, Measures);

    static Dictionary<string, Document[]> Expected(IEnumerable<Document> documents, Func<Document, IEnumerable<string>> keys) =>
        documents.SelectMany(document => keys(document).Select(key => (Key: key, Document: document)))
            .GroupBy(part => part.Key).ToDictionary(group => group.Key, group => group.Select(part => part.Document).ToArray());

    static IEnumerable<string> Combinations(Document document, Field[] by)
    {
        string?[][] values =
            [.. by.Select(field => QueryMatch.Values(field, document).Select(value => (string?)Bucket.Text(value)).DefaultIfEmpty(null).ToArray())];
        int count = values.Aggregate(1, (product, some) => product * some.Length);
        for (int number = 0; number < count; number++)
        {
            int rest = number;
            yield return Key([.. values.Select(some =>
            {
                string? value = some[rest % some.Length];
                rest /= some.Length;
                return value;
            })]);
        }
    }

    static string Key(IReadOnlyList<string?> values) => string.Join(" | ", values.Select(value => value ?? "(none)"));
}
