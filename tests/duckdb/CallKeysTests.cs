using DuckDB.NET.Data;
using Homer.Search.Store;
using Homer.Search.Store.DuckDb;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.DuckDb;

/// <summary>Calls are found by their identifiers as if all were read, through the small table of hashes and without it.</summary>
public sealed class CallKeysTests : StoreContract<DuckDbPlace>
{
    static readonly string[] CallIds = [.. Enumerable.Range(0, 40).Select(number => $"call-{number}@192.0.2.7")];

    static readonly string[] Identifiers = [.. Enumerable.Range(0, 12).Select(number => $"x-cid=call-{number}@192.0.2.7")];

    readonly Random _random = new(20_261_201);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_question_for_identifiers_finds_the_calls_that_answer_it(bool isFileOfBefore)
    {
        await WriteAsync(8, [], [.. CallIds.Select((callId, number) => Call(callId, number, end: 8))]);
        // Written once more, with other identifiers: the ones it had answer no longer.
        await WriteAsync(16, [], [.. CallIds.Take(20).Select((callId, number) => Call(callId, number, end: 16))]);
        if (isFileOfBefore)
            await MakeFileOfBeforeAsync();
        IReadOnlyList<Document> all = await AllAsync(DocumentKind.Call);
        Assert.Equal(CallIds.Length, all.Count);

        for (int time = 0; time < 200; time++)
        {
            Query where = Question(depth: 3);
            Page page = await Store.SearchAsync(new CaptureQuery(DocumentKind.Call, TimeRange.All, where) { First = 1000 }, Cancellation);

            string[] expected = [.. all.Where(call => QueryMatch.Matches(where, call)).Select(call => call.Id).Order(StringComparer.Ordinal)];
            Assert.Equal(expected, page.Documents.Select(call => call.Id).Order(StringComparer.Ordinal));
            Assert.Equal(expected.Length, page.TotalCount);
        }
    }

    [Fact]
    public void Only_what_every_call_found_must_have_narrows_a_question()
    {
        var callId = new Query.Equal(Fields.CallId, "a");
        var identifier = new Query.Equal(Fields.Identifiers, "x-cid=a");
        var method = new Query.Equal(Fields.CallMethod, "INVITE");

        CallKeys? keys = CallKeys.Of(new Query.And([method, new Query.Or([callId, identifier])]));
        Assert.Equal((1, 1), (keys!.Calls.Count, keys.Identifiers.Count));
        Assert.Null(CallKeys.Of(new Query.Or([callId, method])));
        Assert.Null(CallKeys.Of(new Query.Not(identifier)));
        Assert.Null(CallKeys.Of(new Query.Or([])));
    }

    SampleSummary Call(string callId, int number, long end)
    {
        string[] some = [.. Identifiers.Where(_ => _random.Next(6) == 0)];
        return new SampleSummary(
            new Sample(DocumentKind.Call)
            {
                [Fields.CallId] = callId,
                [Fields.Timestamp] = At(10, number),
                [Fields.CallMethod] = number % 2 == 0 ? "INVITE" : "OPTIONS",
                [Fields.Identifiers] = some.Length == 0 ? null : some,
            },
            end);
    }

    Query Question(int depth) => _random.Next(depth > 0 ? 6 : 3) switch
    {
        0 => new Query.Equal(Fields.CallId, CallIds[_random.Next(CallIds.Length)]),
        1 => new Query.Equal(Fields.Identifiers, Identifiers[_random.Next(Identifiers.Length)]),
        2 => new Query.Equal(Fields.CallMethod, "INVITE"),
        3 => new Query.Not(Question(depth - 1)),
        4 => new Query.And([Question(depth - 1), Question(depth - 1)]),
        _ => new Query.Or([Question(depth - 1), Question(depth - 1), Question(depth - 1)]),
    };

    async Task MakeFileOfBeforeAsync()
    {
        string folder = ((DuckDbStore)Store).Folder;
        await Store.DisposeAsync();
        using (var file = new DuckDBConnection($"Data Source={Assert.Single(Directory.GetFiles(folder, "*.duckdb"))}"))
        {
            await file.OpenAsync(Cancellation);
            using DuckDBCommand command = file.CreateCommand();
            command.CommandText = "DROP TABLE identifier; UPDATE about SET version = 1";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await ReopenAsync();
        await WriteAsync(24, [], [Call(CallIds[0], 0, end: 24)]);
    }
}
