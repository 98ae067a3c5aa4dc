using System.Globalization;
using System.Net;
using System.Text;
using Homer.Search.Api;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;
using Homer.Search.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Web;

/// <summary>The pages over a store in memory, at a fixed time.</summary>
sealed class Site : IAsyncDisposable
{
    const uint Journal = 7;

    public static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 11, 24, 14, 5, 0, TimeSpan.Zero));

    readonly WebApplication _app;
    readonly MemoryStore _store = new();
    long _position;

    Site(WebApplication app, MemoryStore store)
    {
        _app = app;
        _store = store;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public IngestStatusSource Ingest => _app.Services.GetRequiredService<IngestStatusSource>();

    public static async Task<Site> StartAsync()
    {
        var store = new MemoryStore();
        // A real listener: only there an address arrives as a browser sent it.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now.ToDateTimeOffset()));
        builder.Services.AddSingleton<ICaptureStore>(store);
        builder.Services.AddSingleton<IngestStatusSource>();
        builder.Services.AddApi();
        builder.Services.AddWeb();
        WebApplication app = builder.Build();
        app.MapWeb();
        await app.StartAsync();
        return new Site(app, store);
    }

    /// <summary>A registration of bob that was accepted for a minute, five minutes ago, and not refreshed.</summary>
    public async Task AddRegistrationAsync(string callId)
    {
        Instant start = Now.Plus(TimeSpan.FromMinutes(-5));
        var registration = new Sample(DocumentKind.Call)
        {
            [Fields.Timestamp] = start,
            [Fields.EventStart] = start,
            [Fields.EventEnd] = start,
            [Fields.CallId] = callId,
            [Fields.CallMethod] = "REGISTER",
            [Fields.ToUser] = "bob",
            [Fields.ToHost] = "example.net",
            [Fields.Code] = 200L,
            [Fields.CallOutcome] = CallOutcome.Registered.Word(),
            [Fields.CallState] = CallState.Completed.Word(),
            [Fields.MessageCount] = 2L,
        };
        var batch = new DocumentBatch(DocumentKind.Sip, Journal);
        Register(callId, start, "REGISTER", null).AddTo(batch);
        Register(callId, start.Plus(TimeSpan.FromMilliseconds(20)), null, 200).AddTo(batch);
        ICaptureWriter writer = await _store.OpenWriterAsync(Journal, TestContext.Current.CancellationToken);
        await writer.AppendAsync(batch, TestContext.Current.CancellationToken);
        await writer.CommitAsync(_position + 8, [new SampleSummary(registration, _position + 8)], TestContext.Current.CancellationToken);
    }

    Sample Register(string callId, Instant time, string? method, long? code) => new(DocumentKind.Sip)
    {
        [Fields.Timestamp] = time,
        [Fields.Sequence] = _position += 8,
        [Fields.CallId] = callId,
        [Fields.Method] = method,
        [Fields.Code] = code,
        [Fields.ReasonPhrase] = code is null ? null : "OK",
        [Fields.CSeqMethod] = "REGISTER",
        [Fields.CSeqNumber] = 1L,
        [Fields.ContactUser] = "bob",
        [Fields.ContactHost] = "10.0.0.5",
        [Fields.Expires] = 60L,
    };

    /// <summary>A call of INVITE and one answer, ten seconds ago.</summary>
    public async Task AddCallAsync(string callId, int code, string phrase, CallOutcome outcome, string caller = "+49301234567", string? subject = null, string? identifier = null)
    {
        Instant start = Now.Plus(TimeSpan.FromSeconds(-10));
        await AddMessageAsync(callId, start, caller, "INVITE", null, null, $"INVITE sip:+4940@x SIP/2.0\r\nCall-ID: {callId}\r\nSubject: {subject}\r\n\r\n");
        await AddMessageAsync(callId, start.Plus(TimeSpan.FromMilliseconds(300)), caller, null, code, phrase, $"SIP/2.0 {code} {phrase}\r\nCall-ID: {callId}\r\n\r\n");
        var call = new Sample(DocumentKind.Call)
        {
            [Fields.Timestamp] = start,
            [Fields.EventStart] = start,
            [Fields.EventEnd] = start.Plus(TimeSpan.FromMilliseconds(300)),
            [Fields.CallId] = callId,
            [Fields.CallMethod] = "INVITE",
            [Fields.Caller] = caller,
            [Fields.FromUser] = caller,
            [Fields.Callee] = "+4940",
            [Fields.Code] = (long)code,
            [Fields.ReasonPhrase] = phrase,
            [Fields.CallOutcome] = outcome.Word(),
            [Fields.CallState] = (code < 300 ? CallState.InCall : CallState.Rejected).Word(),
            [Fields.MessageCount] = 2L,
            [Fields.Identifiers] = identifier is null ? null : new[] { identifier },
            [Fields.SourceIp] = IPAddress.Parse("10.0.0.1"),
            [Fields.SourcePort] = 5060L,
        };
        ICaptureWriter writer = await _store.OpenWriterAsync(Journal, TestContext.Current.CancellationToken);
        await writer.CommitAsync(_position + 8, [new SampleSummary(call, _position + 8)], TestContext.Current.CancellationToken);
    }

    public async Task AddMessageAsync(string callId, Instant time, string from, string? method, int? code, string? phrase, string raw)
    {
        bool isRequest = method is not null;
        var message = new Sample(DocumentKind.Sip)
        {
            [Fields.Timestamp] = time,
            [Fields.Sequence] = _position += 8,
            [Fields.JournalId] = Journal.ToString("x8", CultureInfo.InvariantCulture),
            [Fields.CallId] = callId,
            [Fields.Method] = method,
            [Fields.Code] = (long?)code,
            [Fields.ReasonPhrase] = phrase,
            [Fields.FromUser] = from,
            [Fields.CSeqMethod] = "INVITE",
            [Fields.CSeqNumber] = 1L,
            [Fields.SipType] = isRequest ? "request" : "response",
            [Fields.SourceIp] = IPAddress.Parse(isRequest ? "10.0.0.1" : "10.0.0.2"),
            [Fields.SourcePort] = 5060L,
            [Fields.DestinationIp] = IPAddress.Parse(isRequest ? "10.0.0.2" : "10.0.0.1"),
            [Fields.DestinationPort] = 5060L,
            [Fields.AgentName] = "edge-1",
        };
        var batch = new DocumentBatch(DocumentKind.Sip, Journal);
        message.AddTo(batch);
        ICaptureWriter writer = await _store.OpenWriterAsync(Journal, TestContext.Current.CancellationToken);
        await writer.AppendAsync(batch, TestContext.Current.CancellationToken);
        await writer.CommitAsync(_position + 1, [], TestContext.Current.CancellationToken);
        _store.Raw[message.AsDocument(Journal).Id] = Encoding.UTF8.GetBytes(raw);
    }

    /// <summary>The page's HTML; the status must be as said.</summary>
    public async Task<string> GetAsync(string address, HttpStatusCode status = HttpStatusCode.OK)
    {
        using HttpResponseMessage answer = await Http.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == answer.StatusCode, $"{address} answered {answer.StatusCode}:\n{html}");
        return html;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
