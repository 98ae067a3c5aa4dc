using Homer.Search.Calls;
using Homer.Search.Jobs;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Jobs;

/// <summary>Which session calls are legs of, as a job finds and stores it.</summary>
public sealed class SessionJobTests : IDisposable
{
    static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    readonly FakeTimeProvider _clock = new(Start.ToDateTimeOffset());
    readonly MemoryStore _store = new();
    readonly JobsMeter _meter = new();
    readonly SessionKeeping _sessions;

    public SessionJobTests() => _sessions = new SessionKeeping(_store, new RuleFile<CorrelationRules>(CorrelationRules.Shipped), _clock, _meter);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Legs_get_the_Call_ID_of_the_first_one_and_calls_alone_keep_their_own()
    {
        await CallAsync("b@x", second: 1, "X-CID: a@x");
        await CallAsync("a@x", second: 0);
        await CallAsync("alone@x", second: 2);
        await RunAsync();

        Assert.Equal(("a@x", "a@x", "alone@x"), (await SessionOfAsync("a@x"), await SessionOfAsync("b@x"), await SessionOfAsync("alone@x")));
        Assert.Equal(["a@x", "b@x"], (await FindAsync("session : a@x")).Select(call => call.Id).Order());
        Assert.Equal(["a@x", "alone@x"], (await FindAsync("first_leg : true")).Select(call => call.Id).Order());
    }

    [Fact]
    public async Task A_session_stays_when_the_call_goes_on()
    {
        await CallAsync("a@x", second: 0);
        await CallAsync("b@x", second: 1, "X-CID: a@x");
        await RunAsync();
        await CallAsync("b@x", second: 30);
        await RunAsync();

        Document call = Assert.Single(await FindAsync("callid : b@x"));
        Assert.Equal((2, "a@x"), (call.Integer(Fields.MessageCount), call.Text(Fields.SessionId)));
    }

    [Fact]
    public async Task A_leg_that_comes_later_or_began_earlier_joins_the_session()
    {
        await CallAsync("b@x", second: 10);
        await CallAsync("c@x", second: 11, "X-CID: b@x");
        await RunAsync();
        Assert.Equal("b@x", await SessionOfAsync("c@x"));

        await CallAsync("a@x", second: 5, "X-CID: c@x");
        await RunAsync();

        Assert.Equal(["a@x", "b@x", "c@x"], (await FindAsync("session : a@x")).Select(call => call.Id).Order());
    }

    [Fact]
    public async Task Calls_of_long_ago_that_are_written_now_get_their_session()
    {
        int longAgo = -1000 * 86_400;
        await RunAsync();
        await CallAsync("a@x", second: longAgo);
        await CallAsync("b@x", second: longAgo + 1, "X-CID: a@x");
        await RunAsync();
        _clock.Advance(SessionKeeping.OldCallsInterval);
        await RunAsync();

        Assert.Equal("a@x", await SessionOfAsync("b@x"));
    }

    [Fact]
    public async Task Nothing_is_written_again_by_the_next_run_or_after_a_start()
    {
        await CallAsync("a@x", second: 0);
        await CallAsync("b@x", second: 1, "X-CID: a@x");
        await RunAsync();
        int merges = _store.Merged;
        await CallAsync("b@x", second: 2);
        merges++;
        await RunAsync();
        await new SessionKeeping(_store, new RuleFile<CorrelationRules>(CorrelationRules.Shipped), _clock, _meter).RunAsync(Cancellation);

        Assert.Equal(merges, _store.Merged);
    }

    [Fact]
    public async Task A_call_that_changes_between_reading_and_writing_gets_its_session_by_the_next_run()
    {
        await CallAsync("a@x", second: 0);
        await CallAsync("b@x", second: 1, "X-CID: a@x");
        _store.BeforeMerge = async () =>
        {
            _store.BeforeMerge = null;
            await CallAsync("b@x", second: 3);
        };
        await RunAsync();
        Assert.Equal("b@x", await SessionOfAsync("b@x"));

        await RunAsync();

        Assert.Equal("a@x", await SessionOfAsync("b@x"));
        Assert.Equal(2, (await FindAsync("callid : b@x"))[0].Integer(Fields.MessageCount));
    }

    [Fact]
    public async Task After_a_refusal_nothing_is_left_out()
    {
        await CallAsync("a@x", second: 0);
        await CallAsync("b@x", second: 1, "X-CID: a@x");
        _store.BeforeMerge = () => throw new StoreException("The disk is away; mount it.", isTransient: true);
        await Assert.ThrowsAsync<StoreException>(RunAsync);
        _store.BeforeMerge = null;

        await RunAsync();

        Assert.Equal("a@x", await SessionOfAsync("b@x"));
    }

    [Fact]
    public async Task More_than_one_run_may_do_is_left_to_the_next()
    {
        for (int call = 0; call < 600; call++)
        {
            await CallAsync($"a-{call}@x", second: call);
            await CallAsync($"b-{call}@x", second: call, $"X-CID: a-{call}@x");
        }

        await RunAsync();
        Assert.Equal(100, await UntiedAsync());
        await RunAsync();
        Assert.Equal(0, await UntiedAsync());
    }

    [Fact]
    public void The_jobs_of_a_host_store_sessions()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<ICaptureStore>(_store).AddJobs(new RetentionPolicy(Days: 1, Bytes: null));
        using IHost host = builder.Build();

        Assert.NotNull(ActivatorUtilities.CreateInstance<SessionJob>(host.Services));
    }

    /// <summary>What has been written has settled when it runs.</summary>
    async Task RunAsync()
    {
        _clock.Advance(SessionKeeping.Settling + TimeSpan.FromSeconds(1));
        await _sessions.RunAsync(Cancellation);
    }

    async Task<int> UntiedAsync() =>
        (await FindAsync("callid : b-*")).Count(call => call.Text(Fields.SessionId) == call.Id);

    async Task<string?> SessionOfAsync(string callId) => (await _store.FindAsync(DocumentKind.Call, callId, Cancellation))!.Text(Fields.SessionId);

    async Task<IReadOnlyList<Document>> FindAsync(string query) => (await _store.SearchAsync(
        new CaptureQuery(DocumentKind.Call, TimeRange.All, QueryLanguage.Parse(query, DocumentKind.Call, Start)) { First = 1000 }, Cancellation)).Documents;

    long _position;

    /// <summary>An INVITE is captured and its summary stored.</summary>
    async Task CallAsync(string callId, int second, string? header = null)
    {
        byte[] invite = System.Text.Encoding.ASCII.GetBytes(
            $"INVITE sip:bob@example.net SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK{second}\r\nFrom: <sip:alice@example.com>;tag=1\r\nTo: <sip:bob@example.net>\r\n"
            + $"Call-ID: {callId}\r\nCSeq: {1 + Math.Abs(second)} INVITE\r\n{(header is null ? "" : header + "\r\n")}Content-Length: 0\r\n\r\n");
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await using ICaptureWriter writer = await _store.OpenWriterAsync(1, Cancellation);
        await writer.CommitAsync(_position + 8, CallUpdates.Of(invite, Start.Plus(TimeSpan.FromSeconds(second)), _position, Instant.Now(_clock)), Cancellation);
        _position += 8;
    }
}
