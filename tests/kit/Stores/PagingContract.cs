using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>Pages follow each other without gaps or repeats, in any order that can be asked for.</summary>
public abstract class PagingContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    const int Count = 120;

    Document[] _documents = [];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        IReadOnlyList<Sample> samples = SampleDocuments.Generate(DocumentKind.Sip, Count, Today);
        await WriteAsync(8 * Count, samples);
        _documents = [.. samples.Select(sample => sample.AsDocument(Journal))];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_sorted_by_any_field_hold_every_document_once_in_its_order(bool descending)
    {
        foreach (Field field in Catalogue.Of(DocumentKind.Sip).ToArray().Where(field => field.IsSortable && field != Fields.JournalId))
        {
            IReadOnlyList<Document> paged = await AllPagesAsync([new Sort(field, descending)], first: 17);

            Assert.Equal(Ordered(field, descending), paged.Select(document => document[field]));
            Assert.Equal(Count, paged.Select(document => document.Id).Distinct().Count());
        }
    }

    [Fact]
    public async Task Pages_of_any_size_follow_the_same_order()
    {
        Sort[] sort = [new Sort(Fields.Code, Descending: true), new Sort(Fields.FromUser)];
        IReadOnlyList<Document> whole = await AllPagesAsync(sort, first: 1000);

        foreach (int first in new[] { 1, 7, Count - 1, Count, Count + 1 })
            Assert.Equal(whole.Select(document => document.Id), (await AllPagesAsync(sort, first)).Select(document => document.Id));
    }

    [Fact]
    public async Task Several_sort_fields_count_in_their_order()
    {
        IReadOnlyList<Document> paged = await AllPagesAsync([new Sort(Fields.SourcePort, Descending: true), new Sort(Fields.Method)], first: 10);

        Assert.Equal(
            _documents.OrderBy(document => document[Fields.SourcePort] is null).ThenByDescending(document => document.Integer(Fields.SourcePort))
                .ThenBy(document => document[Fields.Method] is null).ThenBy(document => document[Fields.Method], Values)
                .Select(document => (document.Integer(Fields.SourcePort), document.Text(Fields.Method))),
            paged.Select(document => (document.Integer(Fields.SourcePort), document.Text(Fields.Method))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_the_same_time_the_place_in_the_journal_decides(bool descending)
    {
        IReadOnlyList<Document> paged = await AllPagesAsync([new Sort(Fields.Timestamp, descending)], first: 11);

        IEnumerable<string> expected =
            _documents.OrderBy(document => document.Time).ThenBy(document => document.Integer(Fields.Sequence)).Select(document => document.Id);
        Assert.Equal(descending ? expected.Reverse() : expected, paged.Select(document => document.Id));
    }

    [Fact]
    public async Task The_newest_come_first_unless_another_order_is_asked_for()
    {
        Page page = await Store.SearchAsync(new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()), Cancellation);

        Assert.Equal(50, page.Documents.Count);
        Assert.Equal(Ordered(Fields.Timestamp, descending: true).Take(50), page.Documents.Select(document => (object?)document.Time));
        Assert.NotNull(page.EndCursor);
        Assert.Equal(Count, page.TotalCount);
        Assert.True(page.TotalIsExact);
    }

    [Fact]
    public async Task What_comes_later_does_not_shift_the_pages_behind_a_cursor()
    {
        Page first = await Store.SearchAsync(new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()) { First = 20 }, Cancellation);
        await WriteAsync(8 * (Count + 10), Messages(10, day: 1, firstPosition: 8 * Count).Select((message, number) =>
        {
            message[Fields.Timestamp] = At(23, number, day: 1);
            return message;
        }));

        Page second = await Store.SearchAsync(
            new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()) { First = 1000, After = first.EndCursor }, Cancellation);

        Assert.Equal(Ordered(Fields.Timestamp, descending: true).Skip(20), second.Documents.Select(document => (object?)document.Time));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("AAAA")]
    public async Task A_cursor_that_no_page_gave_is_refused(string cursor)
    {
        var query = new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()) { After = cursor };

        StoreException refusal = await Assert.ThrowsAsync<StoreException>(() => Store.SearchAsync(query, Cancellation).AsTask());

        Assert.False(refusal.IsTransient);
        Assert.True(refusal.IsMistake);
    }

    [Fact]
    public async Task A_page_that_counts_no_total_says_so()
    {
        Page page = await Store.SearchAsync(
            new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()) { First = 20, CountTotal = false }, Cancellation);

        Assert.Equal(20, page.TotalCount);
        Assert.False(page.TotalIsExact);
    }

    async Task<IReadOnlyList<Document>> AllPagesAsync(IReadOnlyList<Sort> sort, int first)
    {
        var documents = new List<Document>();
        string? after = null;
        do
        {
            var query = new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()) { Sort = sort, First = first, After = after };
            Page page = await Store.SearchAsync(query, Cancellation);
            Assert.True(page.Documents.Count <= first, $"{page.Documents.Count} documents on a page of {first}.");
            Assert.NotEmpty(page.Documents);
            documents.AddRange(page.Documents);
            after = page.EndCursor;
        }
        while (after is not null && documents.Count <= Count);
        return documents;
    }

    /// <summary>All values of a field in the order asked for, the absent ones last.</summary>
    IEnumerable<object?> Ordered(Field field, bool descending)
    {
        IEnumerable<object?> values = _documents.Select(document => document[field]).OrderBy(value => value, Values);
        if (descending)
            values = values.Reverse();
        return values.OrderBy(value => value is null);
    }

    static readonly Comparer<object?> Values = Comparer<object?>.Create((one, other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => ValueOrder.Compare(one, other),
    });
}
