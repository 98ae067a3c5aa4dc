using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Store.Elastic;

namespace Homer.Search.Tests.Elastic;

/// <summary>What processes tell each other through an engine.</summary>
public abstract class StatusBoardContract<TPlace> : IAsyncDisposable
    where TPlace : ElasticPlace, new()
{
    readonly TPlace _place = new();
    ElasticStore? _store;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        await _place.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_each_process_told_last_is_read_as_it_was_told()
    {
        StatusBoard board = (_store = (ElasticStore)await _place.OpenAsync(Cancellation)).Statuses;
        Assert.Empty(await board.ReadAsync(TimeSpan.FromMinutes(1), Cancellation));
        var agent = new CaptureAgent(2001, "edge", IPAddress.Parse("2001:db8::1"), new Instant(1_795_514_400_123_456_789), 12, 0.5)
        {
            ClockSkewMs = -2.5,
            Answers = 4,
            AcksWithoutInvite = 1,
            IsSilent = true,
        };
        var status = new IngestStatus(12, 10, [new ReasonCount("ping", 2)], [new ReasonCount("NotHep", 3)], 40, 4096, "The disk is full.", [agent]);

        await board.TellAsync("a", IngestStatus.Idle, Cancellation);
        await board.TellAsync("a", status, Cancellation);
        await board.TellAsync("b", IngestStatus.Idle, Cancellation);

        IReadOnlyList<IngestStatus> told = await board.ReadAsync(TimeSpan.FromMinutes(1), Cancellation);
        // A search finds them after the engine's refresh.
        while (told.Count < 2 || told.All(one => one.Received == 0))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancellation);
            told = await board.ReadAsync(TimeSpan.FromMinutes(1), Cancellation);
        }

        Assert.Equivalent(status, told.Single(one => one.Received > 0), strict: true);
        Assert.Empty(await board.ReadAsync(TimeSpan.FromMinutes(-1), Cancellation));
    }
}

public sealed class Elasticsearch8Statuses : StatusBoardContract<Elasticsearch8>;

public sealed class Elasticsearch9Statuses : StatusBoardContract<Elasticsearch9>;

public sealed class OpenSearch3Statuses : StatusBoardContract<OpenSearch3>;
