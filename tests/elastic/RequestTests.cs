using System.Net;
using System.Text;
using System.Text.Json;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Tests.Elastic;

/// <summary>Every request of a reader, as it goes to the engine, held to a file that people have read.</summary>
public sealed class RequestTests
{
    const string Nothing = """{"timed_out":false,"hits":{"total":{"value":0,"relation":"eq"},"hits":[]}}""";

    static readonly TimeRange Hour = new(new Instant(1_795_514_400_000_000_000), new Instant(1_795_518_000_123_456_789));

    static readonly Query Where = new Query.And(
    [
        new Query.Wildcard(Fields.FromUser, new WildcardPattern(["+4930", ""])),
        new Query.Or([new Query.Equal(Fields.CallId, "a"), new Query.Equal(Fields.CallId, "b"), new Query.Range(Fields.Code, 500L, true, null, false)]),
        new Query.Not(new Query.Cidr(Fields.SourceIp, IPNetwork.Parse("10.0.0.0/8"))),
        new Query.Wildcard(Fields.RelatedUser, new WildcardPattern(["", "4*1?", ""])),
        new Query.Equal(new FieldPath(Fields.Headers, "x-cid"), "1"),
        new Query.Range(new FieldPath(Fields.Headers, "x-cid"), "1", false, null, false),
    ]);

    static readonly Measure[] Measures =
    [
        new(new Query.Everything()), new(new Query.Equal(Fields.CallOutcome, "answered"), Fields.AttemptCount),
        new(new Query.Exists(Fields.RingDelayMs), Fields.RingDelayMs) { Shares = [0.5, 0.95] },
    ];

    static readonly Query LogWhere = new Query.And(
    [
        new Query.Words(Fields.Text, "Lost, 50%", InOrder: true), new Query.Wildcard(Fields.Text, new WildcardPattern(["", ""])), new Query.Exists(Fields.Code),
    ]);

    [Fact]
    public Task The_first_page_is_asked_for_as_in_its_file() =>
        CheckAsync("page", (search, moments) => new PageSearch(search, moments, new CaptureQuery(DocumentKind.Sip, Hour, Where)).RunAsync(Cancellation));

    [Fact]
    public Task A_page_behind_a_cursor_in_another_order_is_asked_for_as_in_its_file() => CheckAsync("page-behind-a-cursor", (search, moments) =>
    {
        var query = new CaptureQuery(DocumentKind.Sip, Hour, new Query.Everything()) { Sort = [new Sort(Fields.Code, Descending: true)] };
        using JsonDocument place = JsonDocument.Parse("[486,1795514400000000001,8,\"0a0b0c0d\"]");
        string cursor = Cursor.Write(new SortKeys(query), new SortPlace(Rest: false, [.. place.RootElement.EnumerateArray()]));
        return new PageSearch(search, moments, query with { After = cursor }).RunAsync(Cancellation);
    });

    [Fact]
    public Task A_page_of_some_fields_is_asked_for_as_in_its_file() => CheckAsync("page-of-some-fields", (search, moments) => new PageSearch(
        search, moments, new CaptureQuery(DocumentKind.Call, Hour, new Query.Everything()) { Wanted = [Fields.CallState, Fields.RelatedAlias] }).RunAsync(Cancellation));

    [Theory]
    [InlineData("""{"version":{"number":"9.5.3"} }""", "calls-of-a-moment-elasticsearch")]
    [InlineData("""{"version":{"number":"3.6.0","distribution":"opensearch"} }""", "calls-of-a-moment-opensearch")]
    public Task Many_calls_are_asked_for_of_one_moment_as_in_their_file(string about, string name) => CheckAsync(
        name,
        (search, moments) => new PageSearch(search, moments, new CaptureQuery(DocumentKind.Call, Hour, new Query.Everything()) { First = 1000 }).RunAsync(Cancellation),
        about);

    [Fact]
    public Task Words_are_asked_for_as_in_their_file() =>
        CheckAsync("words", (search, moments) => new PageSearch(search, moments, new CaptureQuery(DocumentKind.Log, Hour, LogWhere)).RunAsync(Cancellation));

    [Fact]
    public Task Facets_are_asked_for_as_in_their_file() => CheckAsync("facets", (search, _) =>
        new ValueCounts(search, new FacetQuery(DocumentKind.Call, Hour, new Query.Everything(), [Fields.Code, Fields.RelatedUser, Fields.EventEnd])).RunAsync(Cancellation));

    [Fact]
    public Task A_histogram_is_asked_for_as_in_its_file() => CheckAsync("histogram", (search, _) =>
        new Histogram(search, new HistogramQuery(DocumentKind.Sip, Hour, new Query.Everything(), TimeSpan.FromMinutes(1), Fields.Method)).RunAsync(Cancellation));

    [Fact]
    public Task Measures_of_groups_are_asked_for_as_in_their_file() => CheckAsync("measures", (search, _) =>
        new Measurement(search, new MeasureQuery(DocumentKind.Call, Hour, new Query.Not(new Query.Equal(Fields.IsFirstLeg, false)), Measures)
        {
            By = [Fields.Carrier],
            Interval = TimeSpan.FromMinutes(5),
        }).RunAsync(Cancellation));

    [Fact]
    public Task Measures_of_all_together_are_asked_for_as_in_their_file() => CheckAsync("measures-of-all", (search, _) =>
        new Measurement(search, new MeasureQuery(DocumentKind.Call, Hour, new Query.Everything(), Measures)).RunAsync(Cancellation));

    [Fact]
    public Task A_document_and_its_payload_are_asked_for_as_in_their_file() => CheckAsync("document", async (search, _) =>
    {
        var documents = new DocumentSearch(search);
        string id = new DocumentId(Hour.From, 0x0a0b0c0d, 8).ToString();
        await documents.FindAsync(DocumentKind.Sip, id, Cancellation);
        await documents.FindAsync(DocumentKind.Call, "a84b4c76e66710@pc33.example.com", Cancellation);
        object?[] values = new object?[Catalogue.Of(DocumentKind.Sip).Length];
        values[Fields.Timestamp.Column(DocumentKind.Sip)] = Hour.From;
        return await documents.RawAsync([new Document(DocumentKind.Sip, id, values)], Cancellation);
    });

    [Theory]
    [InlineData(null, "{}", "setup")]
    [InlineData(30, """{"version":{"number":"9.5.3"} }""", "setup-by-engine-elasticsearch")]
    [InlineData(30, """{"version":{"number":"3.6.0","distribution":"opensearch"} }""", "setup-by-engine-opensearch")]
    public async Task The_setup_puts_what_is_in_its_file(int? daysByEngine, string about, string name)
    {
        using var requests = new Requests(about);
        using var client = new ElasticClient(Options(), TimeProvider.System, requests);
        IReadOnlyList<SetupRequest> sent = await new Setup(client, Options() with { DaysByEngine = daysByEngine }).RequestsAsync(Cancellation);
        // The other templates are those of the first file, or differ from them as the first of these does.
        Golden.Check($"tests/elastic/golden/{name}.txt", string.Concat(
            (daysByEngine is null ? sent : sent.Take(3)).Select(request => Text(request.Method, request.Path, request.Body))));
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static ElasticOptions Options() => new() { Nodes = [new Uri("http://search.example.net:9200")] };

    static async Task CheckAsync<T>(string name, Func<IndexSearch, Moments, Task<T>> ask, string about = "{}")
    {
        using var requests = new Requests(about);
        using var client = new ElasticClient(Options(), TimeProvider.System, requests);
        await ask(new IndexSearch(client, new IndexNames("default")), new Moments(client, TimeProvider.System));
        Golden.Check($"tests/elastic/golden/{name}.txt", requests.Text.ToString());
    }

    static string Text(string method, string path, string body)
    {
        if (body.Length == 0)
            return $"{method} {path}\n\n";
        using JsonDocument json = JsonDocument.Parse(body);
        return $"{method} {path}\n{JsonSerializer.Serialize(json.RootElement, Indented)}\n\n";
    }

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes requests down and answers that nothing was found.</summary>
    sealed class Requests(string about) : HttpMessageHandler
    {
        public StringBuilder Text { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string path = request.RequestUri!.AbsolutePath;
            string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            Text.Append(RequestTests.Text(request.Method.Method, request.RequestUri!.PathAndQuery, body));
            string answer = path == "/" ? about : request.Method == HttpMethod.Post && path.EndsWith("/_search", StringComparison.Ordinal) ? Nothing : """{"id":"abc","pit_id":"abc"}""";
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) };
        }
    }
}
