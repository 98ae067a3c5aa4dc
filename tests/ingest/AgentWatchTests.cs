using System.Diagnostics.Metrics;
using System.Net;
using Homer.Search.Ingest;
using Homer.Search.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Ingest;

/// <summary>The watch as the host runs it, by a clock that the test turns.</summary>
public sealed class AgentWatchTests : IDisposable
{
    static readonly UInt128 Peer = PeerAddress.From(IPAddress.Parse("192.0.2.9"));

    readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    readonly JournalFolder _folder = new();
    readonly IngestMeter _meter;

    public AgentWatchTests() => _meter = new IngestMeter(_folder.Journal, _clock);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _meter.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_silence_is_logged_and_counted_once_and_so_is_its_end()
    {
        var log = new Lines();
        long silences = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == "homer.ingest.agents.silences")
                    own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref silences, count));
        listener.Start();
        using var watch = new AgentWatch(_meter, _clock, log);
        await watch.StartAsync(Cancellation);

        for (int second = 0; second < 120; second++)
            await HearAsync();
        Assert.Empty(log.Written);
        for (int second = 0; second < 200; second++)
            await TurnAsync();
        Assert.StartsWith("Warning: The capture agent edge at 192.0.2.9 has gone silent; its last packet came at 2026-11-24T12:02:00", Assert.Single(log.Written), StringComparison.Ordinal);
        Assert.True(Assert.Single(_meter.Snapshot().Agents).IsSilent);

        for (int second = 0; second < 20; second++)
            await HearAsync();
        Assert.Equal("Information: The capture agent edge at 192.0.2.9 is heard again", log.Written[1]);
        Assert.Equal(2, log.Written.Count);
        Assert.Equal(1, silences);
        await watch.StopAsync(Cancellation);
    }

    async Task HearAsync()
    {
        await TurnAsync();
        _meter.Agents.Note(1, Peer, "edge"u8, Instant.Now(_clock), isMessage: true);
    }

    /// <summary>A second, and time for the watch to look.</summary>
    async Task TurnAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation);
    }

    sealed class Lines : ILogger<AgentWatch>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Written)
                Written.Add($"{logLevel}: {formatter(state, exception)}");
        }
    }
}
