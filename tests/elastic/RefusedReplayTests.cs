using System.Net;
using System.Text;
using System.Text.Json;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using static Homer.Search.Tests.Elastic.RefusedFileTests;
using static Homer.Search.Tests.Elastic.ScriptedEngine;

namespace Homer.Search.Tests.Elastic;

/// <summary>Documents that were refused are sent once more.</summary>
public sealed class RefusedReplayTests : IDisposable
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("homer-refused-");
    readonly RefusedFile _file;

    public RefusedReplayTests() => _file = new RefusedFile(Path.Combine(_folder.FullName, "refused.jsonl"));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Those_stored_leave_the_file_and_those_refused_again_stay_with_the_new_reason()
    {
        _file.Append([Document("1"), Document("2"), Document("3"), Document("4")]);
        using var engine = new ScriptedEngine(_ => Json(Items(201, 400, 409, 201)));

        RefusedReplayReport report = await RunAsync(engine);

        Assert.Equal(new RefusedReplayReport(Stored: 2, ThereAlready: 1, RefusedAgain: 1, Unreadable: 0), report);
        Assert.Equal(string.Concat("1234".Select(id => Document($"{id}").Document)), Encoding.UTF8.GetString(Assert.Single(engine.Requests).Body));
        Assert.Equal([Document("2", "new_kind: another reason")], _file.Documents());
    }

    [Fact]
    public async Task A_file_of_which_all_is_stored_is_removed_and_nothing_is_sent_of_none()
    {
        _file.Append([Document("1")]);
        using var engine = new ScriptedEngine(_ => Json("""{"errors":false}"""));

        Assert.Equal(1, (await RunAsync(engine)).Stored);
        Assert.False(File.Exists(_file.Path));
        Assert.Equal(new RefusedReplayReport(0, 0, 0, 0), await RunAsync(engine));
        Assert.Single(engine.Requests);
    }

    [Fact]
    public async Task Many_go_in_several_requests()
    {
        string filling = new('x', 50_000);
        IEnumerable<RefusedDocument> many = Enumerable.Range(0, 100).Select(number => Document($"{number}"));
        _file.Append([.. many.Select(one => one with { Document = one.Document.Replace("grüße", filling, StringComparison.Ordinal) })]);
        using var engine = new ScriptedEngine(_ => Json("""{"errors":false}"""));

        Assert.Equal(100, (await RunAsync(engine)).Stored);
        Assert.True(engine.Requests.Count > 1, "All went in one request.");
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}"), engine.Requests.SelectMany(request => request.Ids));
    }

    [Fact]
    public async Task A_line_that_is_not_whole_stays()
    {
        _file.Append([Document("1")]);
        await File.AppendAllTextAsync(_file.Path, "{\"reason\":", Cancellation);
        using var engine = new ScriptedEngine(_ => Json("""{"errors":false}"""));

        Assert.Equal(new RefusedReplayReport(1, 0, 0, Unreadable: 1), await RunAsync(engine));
        Assert.Equal("{\"reason\":\n", await File.ReadAllTextAsync(_file.Path, Cancellation));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task An_engine_that_lets_nothing_in_leaves_the_file_as_it_was(HttpStatusCode status)
    {
        _file.Append([Document("1"), Document("2")]);
        using var engine = new ScriptedEngine(_ => Json("""{"error":{"type":"a_kind","reason":"no"}}""", status));

        await Assert.ThrowsAsync<StoreException>(() => RunAsync(engine));
        Assert.Equal([Document("1"), Document("2")], _file.Documents());
        Assert.False(File.Exists(_file.Path + ".new"));
    }

    [Fact]
    public async Task What_a_server_puts_aside_meanwhile_stays()
    {
        _file.Append([Document("1")]);
        using var engine = new ScriptedEngine(_ =>
        {
            _file.Append([Document("2")]);
            return Json("""{"errors":false}""");
        });

        Assert.Equal(1, (await RunAsync(engine)).Stored);
        Assert.Equal([Document("2")], _file.Documents());
    }

    async Task<RefusedReplayReport> RunAsync(ScriptedEngine engine)
    {
        var clock = new ImpatientClock(LongestPause);
        var options = new ElasticOptions { Nodes = [new Uri("http://one.example.net:9200")], Timeout = LongestPause * 4 };
        using var replay = new RefusedReplay(_file, options, clock, new ElasticClient(options, clock, engine));
        return await replay.RunAsync(Cancellation);
    }

    static string Items(params int[] statuses) => JsonSerializer.Serialize(new
    {
        errors = true,
        items = statuses.Select(status => status < 300
            ? (object)new { create = new { status } }
            : new { create = new { status, error = new { type = "new_kind", reason = "another reason" } } }),
    });
}
