using System.Net;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using static Homer.Search.Tests.Elastic.ScriptedEngine;

namespace Homer.Search.Tests.Elastic;

/// <summary>What is done with each answer an engine can give to a bulk request.</summary>
public sealed class BulkTests : IDisposable
{
    const int Count = 8;
    const string AllTaken = """{"errors":false}""";

    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    readonly ImpatientClock _clock = new(LongestPause);
    readonly ElasticMeter _meter = new();
    readonly string _refusedFile = Path.Combine(Path.GetTempPath(), $"homer-refused-{Guid.NewGuid():N}.jsonl");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _meter.Dispose();
        File.Delete(_refusedFile);
        File.Delete(_refusedFile + ".lock");
    }

    [Fact]
    public async Task A_document_that_is_there_already_is_no_failure()
    {
        using var engine = new ScriptedEngine(_ => Json(Items(ids: Count, index => index < 3 ? 409 : 201)));

        (Verdict[] verdicts, _) = await SendAsync(engine);

        Assert.Single(engine.Requests);
        Assert.Equal([.. Enumerable.Repeat(Verdict.Conflict, 3), .. Enumerable.Repeat(Verdict.Stored, Count - 3)], verdicts);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Only_the_documents_the_engine_had_no_room_for_are_sent_again(int status)
    {
        using var engine = new ScriptedEngine(request => request.Number switch
        {
            0 => Json(Items(Count, index => index % 2 == 0 ? status : 201)),
            1 => Json(Items(Count / 2, index => index == 0 ? status : 201)),
            _ => Json(AllTaken),
        });

        (Verdict[] verdicts, BulkBody body) = await SendAsync(engine);

        string[] all = engine.Requests[0].Ids;
        Assert.Equal([Count, Count / 2, 1], engine.Requests.Select(request => request.Ids.Length));
        Assert.Equal(all.Where((_, index) => index % 2 == 0), engine.Requests[1].Ids);
        Assert.Equal([all[0]], engine.Requests[2].Ids);
        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Stored, verdict));
        Assert.Equal(body.Bytes[..body.Items[0].End].ToArray(), engine.Requests[2].Body);
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task A_request_that_is_refused_as_a_whole_is_sent_again_after_growing_jittered_pauses(HttpStatusCode status)
    {
        using var engine = new ScriptedEngine(request => request.Number < 6 ? Json("""{"error":{"type":"busy","reason":"full"}}""", status) : Json(AllTaken));

        (Verdict[] verdicts, _) = await SendAsync(engine);

        Assert.Equal(7, engine.Requests.Count);
        Assert.All(engine.Requests, request => Assert.Equal(Count, request.Ids.Length));
        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Stored, verdict));
        Assert.Equal(6, _clock.Pauses.Count);
        TimeSpan whole = TimeSpan.FromMilliseconds(250);
        foreach (TimeSpan pause in _clock.Pauses)
        {
            Assert.InRange(pause, whole * 0.5, whole * 1.5);
            whole *= 2;
        }

        Assert.True(_clock.Pauses.Select((pause, number) => Math.Round(pause / TimeSpan.FromMilliseconds(250) / (1 << number), 3)).Distinct().Count() > 1, "No jitter.");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_one_more_reason_to_send_again()
    {
        using var engine = new ScriptedEngine(request => request.Number == 0 ? throw new HttpRequestException("Connection reset by peer") : Json(AllTaken));

        (Verdict[] verdicts, _) = await SendAsync(engine);

        Assert.Equal(2, engine.Requests.Count);
        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Stored, verdict));
    }

    [Fact]
    public async Task Patience_ends_with_what_was_taken_and_why_the_rest_was_not()
    {
        using var engine = new ScriptedEngine(request => Json(Items(request.Ids.Length, index => index == request.Ids.Length - 1 ? 429 : 201)));

        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => SendAsync(engine));

        Assert.True(failure.IsTransient);
        Assert.Contains($"has taken {Count - 1} of {Count} documents", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a_kind: a reason", failure.Message, StringComparison.Ordinal);
        Assert.True(_clock.GetTimestamp() >= TimeSpan.FromSeconds(60).Ticks);
    }

    [Fact]
    public async Task A_body_that_is_too_large_goes_in_parts_and_later_bodies_are_smaller()
    {
        using var engine = new ScriptedEngine(request => request.Ids.Length > 3 ? new HttpResponseMessage(HttpStatusCode.RequestEntityTooLarge) { Content = new StringContent("<html>") } : Json(AllTaken));

        (Verdict[] verdicts, _) = await SendAsync(engine);

        Assert.Equal([8, 4, 2, 2, 4, 2, 2], engine.Requests.Select(request => request.Ids.Length));
        Assert.Equal(engine.Requests[0].Ids, engine.Requests.Where(request => request.Ids.Length == 2).SelectMany(request => request.Ids));
        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Stored, verdict));
        Assert.Empty(_clock.Pauses);
    }

    [Fact]
    public async Task A_body_the_engine_has_no_room_for_goes_in_parts_as_large_as_later_bodies()
    {
        using var engine = new ScriptedEngine(request => request.Body.Length > 100_000 ? Json("""{"error":{"type":"busy","reason":"full"}}""", HttpStatusCode.TooManyRequests) : Json(AllTaken));

        (Verdict[] verdicts, _) = await SendAsync(engine, payload: 40_000);

        Assert.Equal(2, engine.Requests[^1].Ids.Length);
        Assert.Equal(engine.Requests[0].Ids, engine.Requests.Where(request => request.Body.Length <= 100_000).SelectMany(request => request.Ids));
        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Stored, verdict));
    }

    [Fact]
    public async Task One_document_that_is_too_large_by_itself_is_put_aside_and_stops_no_other()
    {
        string? large = null;
        using var engine = new ScriptedEngine(request =>
        {
            large ??= request.Ids[5];
            return request.Ids.Contains(large) ? Json("", HttpStatusCode.RequestEntityTooLarge) : Json(AllTaken);
        });

        (Verdict[] verdicts, _) = await SendAsync(engine);

        Assert.Equal([.. Enumerable.Range(0, Count).Select(index => index == 5 ? Verdict.Refused : Verdict.Stored)], verdicts);
        Assert.Contains(large!, Assert.Single(await File.ReadAllLinesAsync(_refusedFile, Cancellation)), StringComparison.Ordinal);
        Assert.Equal(1, _meter.Refused);
    }

    [Fact]
    public async Task A_document_the_engine_will_never_take_is_put_aside_with_its_reason()
    {
        using var engine = new ScriptedEngine(_ => Json(Items(Count, index => index == 2 ? 400 : 201)));

        (Verdict[] verdicts, _) = await SendAsync(engine);

        Assert.Equal(Verdict.Refused, verdicts[2]);
        Assert.Equal(Count - 1, verdicts.Count(verdict => verdict == Verdict.Stored));
        using JsonDocument line = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(_refusedFile, Cancellation)));
        Assert.Equal("a_kind: a reason", line.RootElement.GetProperty("reason").GetString());
        Assert.Contains(engine.Requests[0].Ids[2], line.RootElement.GetProperty("document").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "Check the user and password")]
    [InlineData(HttpStatusCode.Forbidden, "needs more rights")]
    [InlineData(HttpStatusCode.Found, "Redirects are not followed")]
    public async Task What_no_second_attempt_mends_is_told_at_once(HttpStatusCode status, string mend)
    {
        using var engine = new ScriptedEngine(_ => Json("""{"error":{"type":"security_exception","reason":"no"}}""", status));

        StoreException failure = await Assert.ThrowsAsync<StoreException>(() => SendAsync(engine));

        Assert.Single(engine.Requests);
        Assert.False(failure.IsTransient);
        Assert.Contains(mend, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bodies_grow_while_the_engine_is_brisk_and_shrink_when_it_is_slow_or_busy()
    {
        var pace = new BulkPace(mostBytes: 4 << 20, mostRequests: 4);
        Assert.Equal(1 << 20, pace.Bytes);
        for (int answer = 0; answer < 20; answer++)
            pace.Taken(pace.Bytes, TimeSpan.FromMilliseconds(100));
        Assert.Equal(4 << 20, pace.Bytes);
        pace.Taken(pace.Bytes, TimeSpan.FromSeconds(3));
        Assert.Equal(3 << 20, pace.Bytes);

        pace.Busy();
        Assert.Equal((3 << 19, 2), (pace.Bytes, pace.Requests));
        pace.Busy();
        pace.Busy();
        Assert.Equal(1, pace.Requests);
        for (int answer = 0; answer < 100; answer++)
            pace.Taken(1, TimeSpan.FromMilliseconds(1));
        Assert.Equal(4, pace.Requests);

        pace.TooLarge(1 << 20);
        for (int answer = 0; answer < 20; answer++)
            pace.Taken(pace.Bytes, TimeSpan.FromMilliseconds(100));
        Assert.Equal(1 << 19, pace.Bytes);
    }

    async Task<(Verdict[] Verdicts, BulkBody Body)> SendAsync(ScriptedEngine engine, int payload = 0)
    {
        var options = new ElasticOptions { Nodes = [new Uri("http://one.example.net:9200")], Timeout = LongestPause * 4, Patience = TimeSpan.FromSeconds(60) };
        using var client = new ElasticClient(options, _clock, engine);
        var sender = new BulkSender(client, options, new RefusedDocuments(new RefusedFile(_refusedFile).Append, _meter), _meter, _clock);
        var body = new BulkBody(1024);
        var batch = new DocumentBatch(DocumentKind.Sip, journal: 1);
        for (int number = 0; number < Count; number++)
        {
            int row = batch.AddRow();
            batch.Set(row, Fields.Timestamp, new Instant(1_795_514_400_000_000_000 + number));
            batch.Set(row, Fields.Sequence, 8L * number);
            body.Create("homer-sip-default-2026.11.24", batch.Id(row).ToString(), batch, row, Encoding.ASCII.GetBytes(new string('a', payload)));
        }

        return (await sender.SendAsync(body.Bytes, body.Items, Cancellation), body);
    }

    /// <summary>An engine's answer with a status for each item.</summary>
    static string Items(int ids, Func<int, int> status) => JsonSerializer.Serialize(new
    {
        errors = true,
        items = Enumerable.Range(0, ids).Select(index => status(index) < 300
            ? (object)new { create = new { status = status(index) } }
            : new { create = new { status = status(index), error = new { type = "a_kind", reason = "a reason" } } }),
    });
}
