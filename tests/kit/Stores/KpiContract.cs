using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Indicators;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>The indicators that a store adds up are those of its calls looked at one by one.</summary>
public abstract class KpiContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    const int Count = 400;

    static readonly Query FirstLegs = new Query.Not(new Query.Equal(Fields.IsFirstLeg, false));

    Document[] _calls = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        IReadOnlyList<Sample> samples = SampleCalls.Generate(Count, At(0, day: -1));
        _calls = [.. samples.Select(sample => sample.AsDocument(Journal))];
        await WriteAsync(8, [], [.. samples.Select(sample => new SampleSummary(sample, 8))]);
    }

    [Fact]
    public async Task Indicators_of_all_calls_are_those_of_each_added_up()
    {
        Instant now = At(12);

        MeasureGroup all = Assert.Single(await MeasureAsync(new Query.Everything(), now));

        KpiTruth.Check(_calls, now, new KpiTally(all.Measures));
    }

    [Fact]
    public async Task Indicators_of_sessions_are_those_of_their_first_legs()
    {
        Instant now = At(12);

        MeasureGroup all = Assert.Single(await MeasureAsync(FirstLegs, now));

        KpiTruth.Check(_calls.Where(call => call[Fields.IsFirstLeg] is not false), now, new KpiTally(all.Measures));
    }

    [Fact]
    public async Task Indicators_of_no_calls_are_none()
    {
        MeasureGroup none = Assert.Single(await MeasureAsync(new Query.Equal(Fields.CallMethod, "OPTIONS"), At(12)));

        KpiTruth.Check([], At(12), new KpiTally(none.Measures));
    }

    [Fact]
    public async Task Indicators_are_told_apart_by_carrier_as_a_call_went_over_each()
    {
        Instant now = At(12);

        IReadOnlyList<MeasureGroup> groups = await MeasureAsync(FirstLegs, now, Fields.Carrier);

        Assert.Equal(["north", "south", "west", null], groups.Select(group => group.Values[0]).OrderBy(value => value ?? "~", StringComparer.Ordinal));
        Assert.All(groups, group => KpiTruth.Check(
            _calls.Where(call => call[Fields.IsFirstLeg] is not false
                && (group.Values[0] is { } carrier ? call.Many(Fields.Carrier).Contains(carrier) : call.Many(Fields.Carrier).Count == 0)),
            now,
            new KpiTally(group.Measures)));
    }

    ValueTask<IReadOnlyList<MeasureGroup>> MeasureAsync(Query where, Instant now, params Field[] by)
    {
        var range = new TimeRange(At(0, day: -1), At(0, day: 2));
        return Store.MeasureAsync(new MeasureQuery(DocumentKind.Call, range, where, KpiTally.Measures(now)) { By = by }, Cancellation);
    }
}
