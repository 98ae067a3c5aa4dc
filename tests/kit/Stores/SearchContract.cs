using Homer.Search.Protocol;
using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>A query finds exactly the documents that <see cref="QueryMatch"/> says it does.</summary>
public abstract class SearchContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    const int Count = 300;

    [Theory]
    [InlineData(DocumentKind.Sip)]
    [InlineData(DocumentKind.Log)]
    [InlineData(DocumentKind.Qos)]
    [InlineData(DocumentKind.Call)]
    public async Task Every_node_of_the_query_tree_finds_what_it_means(DocumentKind kind)
    {
        IReadOnlyList<Document> documents = await WriteSamplesAsync(kind);
        var mistakes = new List<string>();
        foreach (Query query in SampleQueries.About(documents, kind))
        {
            Page page = await Store.SearchAsync(new CaptureQuery(kind, TimeRange.All, query) { First = 1000 }, Cancellation);
            string[] expected =
                [.. documents.Where(document => QueryMatch.Matches(query, document)).Select(document => document.Id).Order(StringComparer.Ordinal)];
            string[] found = [.. page.Documents.Select(document => document.Id).Order(StringComparer.Ordinal)];
            if (!found.SequenceEqual(expected))
                mistakes.Add($"{query}\n    missed: {Few(expected.Except(found))}\n    found too: {Few(found.Except(expected))}");
            else if (page.TotalCount != expected.Length || !page.TotalIsExact || page.EndCursor is not null)
                mistakes.Add($"{query}\n    found all {expected.Length}, but total {page.TotalCount}, exact {page.TotalIsExact}, cursor {page.EndCursor}");
        }

        Assert.True(mistakes.Count == 0, $"{mistakes.Count} queries are wrong:\n{string.Join('\n', mistakes.Take(20))}");
    }

    [Fact]
    public async Task A_range_of_time_begins_with_its_from_and_ends_before_its_to()
    {
        IReadOnlyList<Document> documents = await WriteSamplesAsync(DocumentKind.Sip);
        Instant[] times = [.. documents.Select(document => document.Time).Distinct().Order()];
        foreach ((Instant from, Instant to) in times.Zip(times.Skip(10)).Append((times[0], times[^1])).Append((At(0), At(0, day: 1))))
        {
            var range = new TimeRange(from, to);
            Page page = await Store.SearchAsync(new CaptureQuery(DocumentKind.Sip, range, new Query.Everything()) { First = 1000 }, Cancellation);
            Assert.Equal(
                documents.Where(document => range.Contains(document.Time)).Select(document => document.Id).Order(StringComparer.Ordinal),
                page.Documents.Select(document => document.Id).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Documents_found_have_every_value()
    {
        IReadOnlyList<Document> documents = await WriteSamplesAsync(DocumentKind.Call);

        Page page = await Store.SearchAsync(new CaptureQuery(DocumentKind.Call, TimeRange.All, new Query.Everything()) { First = 1000 }, Cancellation);

        Dictionary<string, Document> found = page.Documents.ToDictionary(document => document.Id);
        Assert.All(documents, document => DocumentAssert.Same(document, found[document.Id]));
    }

    [Theory]
    [InlineData(DocumentKind.Sip)]
    [InlineData(DocumentKind.Call)]
    public async Task Documents_found_have_the_fields_that_are_wanted_and_not_those_that_are_only_kept(DocumentKind kind)
    {
        IReadOnlyList<Document> documents = await WriteSamplesAsync(kind);
        Field[] wanted = [Fields.CallId, Fields.RelatedUser, Fields.Codecs, Fields.SourceIp];

        Page page = await Store.SearchAsync(
            new CaptureQuery(kind, TimeRange.All, new Query.Everything()) { First = 1000, Sort = [new Sort(Fields.Code)], Wanted = wanted }, Cancellation);

        Dictionary<string, Document> found = page.Documents.ToDictionary(document => document.Id);
        Assert.Equal(documents.Count, found.Count);
        Assert.All(documents, document =>
        {
            Document narrow = found[document.Id];
            Assert.Equal(document.Time, narrow.Time);
            Assert.Equal(document.Text(Fields.CallId), narrow.Text(Fields.CallId));
            Assert.Equal(document.Address(Fields.SourceIp), narrow.Address(Fields.SourceIp));
            Assert.Equal(document.Many(Fields.Codecs), narrow.Many(Fields.Codecs));
            Assert.Equal(
                Fields.RelatedUser.UnionOf.Select(document.Text).OfType<string>().Distinct().Order(StringComparer.Ordinal),
                narrow.Many(Fields.RelatedUser).Order(StringComparer.Ordinal));
            Assert.Null(narrow.Text(Fields.NetworkTransport));
            Assert.Null(narrow.Binary(Fields.Summary));
        });
    }

    [Fact]
    public async Task An_empty_store_answers_with_nothing()
    {
        var range = new TimeRange(At(0), At(1));
        var everything = new Query.Everything();

        Page page = await Store.SearchAsync(new CaptureQuery(DocumentKind.Sip, TimeRange.All, everything), Cancellation);
        Facet facet = Assert.Single(await Store.FacetsAsync(new FacetQuery(DocumentKind.Sip, range, everything, [Fields.Method]), Cancellation));

        Assert.Empty(page.Documents);
        Assert.Equal(0, page.TotalCount);
        Assert.Null(page.EndCursor);
        Assert.Empty(facet.Buckets);
        Assert.Empty(await Store.HistogramAsync(new HistogramQuery(DocumentKind.Sip, range, everything, TimeSpan.FromMinutes(1)), Cancellation));
    }

    static string Few(IEnumerable<string> ids) => string.Join(", ", ids.Take(3));

    /// <summary>The generated documents of a kind, stored, and as they must come back.</summary>
    async Task<IReadOnlyList<Document>> WriteSamplesAsync(DocumentKind kind)
    {
        IReadOnlyList<Sample> samples = SampleDocuments.Generate(kind, Count, Today);
        if (kind == DocumentKind.Call)
            await WriteAsync(8 * Count, [], [.. samples.Select(sample => new SampleSummary(sample, 8 * Count))]);
        else
            await WriteAsync(8 * Count, samples);
        return [.. samples.Select(sample => sample.AsDocument(Journal))];
    }
}
