using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Store;

public sealed class QueryPredicateTests
{
    const uint Journal = 0x0a0b0c0d;

    [Theory]
    [InlineData(DocumentKind.Sip)]
    [InlineData(DocumentKind.Log)]
    [InlineData(DocumentKind.Qos)]
    [InlineData(DocumentKind.Call)]
    public void A_row_is_what_a_query_looks_for_when_its_document_is(DocumentKind kind)
    {
        var batch = new DocumentBatch(kind, Journal);
        Document[] documents = [.. SampleDocuments.Generate(kind, 300, new DateOnly(2026, 11, 24)).Select(sample =>
        {
            sample.AddTo(batch);
            return BatchRows.Read(batch, batch.Count - 1);
        })];
        var mistakes = new List<string>();
        int queries = 0;
        foreach (Query query in SampleQueries.About(documents, kind))
        {
            queries++;
            RowPredicate matches = QueryPredicate.Compile(query, kind);
            for (int row = 0; row < documents.Length; row++)
            {
                if (matches(batch, row) != QueryMatch.Matches(query, documents[row]))
                    mistakes.Add($"{query} on {documents[row].Id}");
            }
        }

        Assert.True(queries > 50, $"only {queries} queries");
        Assert.True(mistakes.Count == 0, $"{mistakes.Count} mistakes:\n{string.Join('\n', mistakes.Take(20))}");
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var batch = new DocumentBatch(DocumentKind.Sip, Journal);
        int row = batch.AddRow();
        batch.Set(row, Fields.FromUser, "+4930123456");
        batch.Set(row, Fields.Code, 503);
        batch.Set(row, Fields.SourceIp, [10, 1, 2, 3]);
        batch.Set(row, Fields.Headers, """{"x-trunk":"west"}"""u8);
        Query query = QueryLanguage.Parse(
            "from : +4930* and status >= 500 and ip : 10.0.0.0/8 and header.x-trunk : west and not number : 112", DocumentKind.Sip, default);
        RowPredicate matches = QueryPredicate.Compile(query, DocumentKind.Sip);
        Assert.True(matches(batch, row));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int time = 0; time < 1000; time++)
            matches(batch, row);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
