using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Homer.Search.Jobs;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Jobs;

/// <summary>The jobs as a server runs them: Quartz's own scheduler, by a clock that the test turns.</summary>
public sealed class RetentionJobTests : IAsyncDisposable
{
    static readonly DateTimeOffset Start = new(2026, 11, 24, 23, 58, 0, TimeSpan.Zero);

    readonly FakeTimeProvider _clock = new(Start);
    readonly MemoryStore _store = new();
    readonly Channel<(string Instrument, long Value)> _measured = Channel.CreateUnbounded<(string, long)>();
    readonly MeterListener _listener = new();
    readonly IHost _host;

    public RetentionJobTests()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<ICaptureStore>(_store).AddJobs(new RetentionPolicy(Days: 1, Bytes: null));
        _host = builder.Build();
        // Another test's jobs have a meter of the same name.
        Meter own = _host.Services.GetRequiredService<JobsMeter>().Meter;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == own && instrument.Name.StartsWith("homer.retention.", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _measured.Writer.TryWrite((instrument.Name, value)));
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retention_runs_at_the_start_and_then_at_its_interval_by_the_clock()
    {
        await WriteAsync(0, Start.AddDays(-2), Start.AddDays(-1), Start);
        await StartAsync();

        Assert.Equal(1, await NextAsync("homer.retention.dropped"));
        Assert.Equal(100, await NextAsync("homer.retention.freed"));
        Assert.Equal(200, await NextAsync("homer.retention.kept"));
        await AssertDaysAsync(23, 24);

        // Past midnight the day before yesterday is another one.
        await WriteAsync(800, Start.AddDays(1));
        await TurnClockUntilNextRunAsync();

        Assert.Equal(1, await NextAsync("homer.retention.dropped"));
        await AssertDaysAsync(24, 25);
    }

    [Fact]
    public async Task Retention_that_the_store_refuses_is_counted_and_tried_again()
    {
        await WriteAsync(0, Start.AddDays(-2), Start);
        _store.Refusal = new StoreException("The disk is away; mount it.", isTransient: true);
        await StartAsync();

        Assert.Equal(1, await NextAsync("homer.retention.failures"));
        await AssertDaysAsync(22, 24);

        _store.Refusal = null;
        await TurnClockUntilNextRunAsync();

        Assert.Equal(1, await NextAsync("homer.retention.dropped"));
        await AssertDaysAsync(24);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _listener.Dispose();
    }

    async Task StartAsync()
    {
        _listener.Start();
        await _host.StartAsync(Cancellation);
    }

    /// <summary>The scheduler asks the clock when it likes, so the clock is turned until it has seen that the time has come.</summary>
    async Task TurnClockUntilNextRunAsync()
    {
        ValueTask<bool> measured = _measured.Reader.WaitToReadAsync(Cancellation);
        _clock.Advance(JobTriggers.RetentionInterval);
        while (!measured.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }

        Assert.True(await measured);
    }

    async Task<long> NextAsync(string instrument)
    {
        await foreach ((string name, long value) in _measured.Reader.ReadAllAsync(Cancellation))
        {
            if (name == instrument)
                return value;
        }

        throw new InvalidOperationException("No more is measured.");
    }

    async Task WriteAsync(long position, params DateTimeOffset[] times)
    {
        var batch = new DocumentBatch(DocumentKind.Sip, journal: 1);
        foreach (DateTimeOffset time in times)
        {
            new Sample(DocumentKind.Sip) { [Fields.Timestamp] = Instant.From(time), [Fields.Sequence] = position }.AddTo(batch);
            position += 8;
        }

        await using ICaptureWriter writer = await _store.OpenWriterAsync(1, Cancellation);
        await writer.AppendAsync(batch, Cancellation);
        await writer.CommitAsync(position, [], Cancellation);
    }

    /// <summary>The days of the month of which messages are stored.</summary>
    async Task AssertDaysAsync(params int[] days)
    {
        Page page = await _store.SearchAsync(new CaptureQuery(DocumentKind.Sip, TimeRange.All, new Query.Everything()), Cancellation);
        Assert.Equal(days, page.Documents.Select(document => document.Time.Day.Day).Order());
    }
}
