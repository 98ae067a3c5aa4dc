using System.Globalization;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>Facets and histograms count what a person would count by hand.</summary>
public abstract class CountingContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    const int Count = 300;

    static readonly Query Where = new Query.Not(new Query.Equal(Fields.Method, "BYE"));

    Document[] _documents = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        IReadOnlyList<Sample> samples = SampleDocuments.Generate(DocumentKind.Sip, Count, Today);
        await WriteAsync(8 * Count, samples);
        _documents = [.. samples.Select(sample => sample.AsDocument(Journal))];
    }

    [Theory]
    [InlineData("sip.method")]
    [InlineData("sip.code")]
    [InlineData("source.ip")]
    [InlineData("sip.from.uri.username")]
    [InlineData("homer.capture_time")]
    [InlineData("tags")]
    [InlineData("sip.sdp.codecs")]
    [InlineData("related.user")]
    [InlineData("related.ip")]
    public async Task A_facet_counts_documents_by_value(string name)
    {
        Field field = Catalogue.Find(name)!;
        foreach (int size in new[] { 1, 5, 1000 })
        {
            Bucket[] expected = Buckets(_documents.Where(document => QueryMatch.Matches(Where, document)), field);

            Facet facet = Assert.Single(await Store.FacetsAsync(new FacetQuery(DocumentKind.Sip, TimeRange.All, Where, [field], size), Cancellation));

            Assert.Equal(field, facet.Field);
            Assert.Equal(expected.Take(size), facet.Buckets);
            Assert.Equal(expected.Skip(size).Sum(bucket => bucket.Count), facet.OtherCount);
        }
    }

    [Fact]
    public async Task Several_facets_come_in_the_order_they_were_asked_for()
    {
        Field[] fields = [Fields.Code, Fields.Method, Fields.Tags];

        IReadOnlyList<Facet> facets = await Store.FacetsAsync(new FacetQuery(DocumentKind.Sip, TimeRange.All, Where, fields), Cancellation);

        Assert.Equal(fields, facets.Select(facet => facet.Field));
        Assert.All(facets, facet => Assert.Equal(10, facet.Buckets.Count));
    }

    [Fact]
    public async Task A_facet_counts_only_its_range_of_time()
    {
        var range = new TimeRange(At(0), At(0, day: 1));

        Facet facet = Assert.Single(await Store.FacetsAsync(new FacetQuery(DocumentKind.Sip, range, Where, [Fields.Code], 1000), Cancellation));

        Assert.Equal(
            Buckets(_documents.Where(document => range.Contains(document.Time) && QueryMatch.Matches(Where, document)), Fields.Code), facet.Buckets);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3600)]
    [InlineData(7 * 3600)]
    public async Task A_histogram_counts_documents_by_interval(int seconds)
    {
        var range = new TimeRange(At(20, day: -1), At(4, day: 1));

        IReadOnlyList<HistogramBucket> histogram =
            await Store.HistogramAsync(new HistogramQuery(DocumentKind.Sip, range, Where, TimeSpan.FromSeconds(seconds)), Cancellation);

        Assert.Equal(
            _documents.Where(document => range.Contains(document.Time) && QueryMatch.Matches(Where, document))
                .GroupBy(document => StartOf(document.Time, seconds)).OrderBy(interval => interval.Key)
                .Select(interval => new HistogramBucket(interval.Key, null, interval.Count())),
            histogram);
    }

    [Theory]
    [InlineData("sip.code")]
    [InlineData("sip.method")]
    [InlineData("source.ip")]
    public async Task A_histogram_tells_the_most_frequent_values_apart_and_adds_up_the_others(string by)
    {
        Field field = Catalogue.Find(by)!;
        const int seconds = 6 * 3600;
        Document[] documents = [.. _documents.Where(document => QueryMatch.Matches(Where, document))];
        HashSet<string> kept = [.. Buckets(documents, field).Take(HistogramBucket.MaxValues).Select(bucket => bucket.Value)];
        string? ValueOf(Document document) =>
            document[field] is not { } value ? null : kept.Contains(Bucket.Text(value)) ? Bucket.Text(value) : HistogramBucket.Other;

        IReadOnlyList<HistogramBucket> histogram =
            await Store.HistogramAsync(new HistogramQuery(DocumentKind.Sip, TimeRange.All, Where, TimeSpan.FromSeconds(seconds), field), Cancellation);

        Assert.Equal(
            documents.GroupBy(document => (Start: StartOf(document.Time, seconds), Value: ValueOf(document)))
                .Select(group => Line(group.Key.Start, group.Key.Value, group.Count())).Order(StringComparer.Ordinal),
            histogram.Select(bucket => Line(bucket.Start, bucket.Value, bucket.Count)).Order(StringComparer.Ordinal));
        Assert.Equal(histogram.Select(bucket => bucket.Start).Order(), histogram.Select(bucket => bucket.Start));
    }

    static string Line(Instant start, string? value, long count) => string.Create(CultureInfo.InvariantCulture, $"{start} {value ?? "(none)"} {count}");

    static Instant StartOf(Instant time, int seconds) =>
        new(time.Nanoseconds - (time.Nanoseconds % (seconds * Instant.NanosecondsPerSecond)));

    static Bucket[] Buckets(IEnumerable<Document> documents, Field field) =>
    [
        .. documents.SelectMany(document => QueryMatch.Values(field, document).Distinct()).GroupBy(value => value)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, Comparer<object>.Create(ValueOrder.Compare))
            .Select(group => new Bucket(Bucket.Text(group.Key), group.Count())),
    ];
}
