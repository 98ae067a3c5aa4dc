using Homer.Search.Jobs;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Homer.Search.Tests.Jobs;

/// <summary>Two hosts with the same jobs share one lease: as servers run them, by a clock that the test turns.</summary>
public sealed class LeasedJobsTests : IAsyncDisposable
{
    static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider _clock = new(Start);
    readonly MemoryLeases _leases = new();
    readonly List<Node> _nodes = [];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (Node node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task One_of_two_does_the_jobs_and_the_other_says_for_whom_it_stands_by()
    {
        Node one = await StartAsync();
        await TurnUntilAsync(() => one.HasRetained && one.Lease.State == "active");
        Node other = await StartAsync();
        await TurnUntilAsync(() => other.Lease.State.StartsWith($"standing by for {Environment.MachineName}/", StringComparison.Ordinal));
        await TurnAsync(JobTriggers.RetentionInterval);

        Assert.True(one.Lease.IsHeld);
        Assert.False(other.HasRetained);
    }

    [Fact]
    public async Task When_it_stops_it_gives_the_jobs_to_the_other_at_once()
    {
        (Node one, Node other) = await StartBothAsync();

        await one.DisposeAsync();
        Assert.Null((await _leases.ReadAsync("jobs", Cancellation))!.Holder);

        await TurnUntilAsync(() => other.HasRetained);
        Assert.True(_clock.GetUtcNow() - Start < JobsLease.Term);
    }

    [Fact]
    public async Task When_it_is_cut_off_it_stands_by_before_the_other_does_the_jobs()
    {
        (Node one, Node other) = await StartBothAsync();

        one.IsCutOff = true;
        await TurnUntilAsync(() =>
        {
            Assert.False(one.Lease.IsHeld && other.Lease.IsHeld, "Both do the jobs.");
            return other.HasRetained;
        });
        Assert.Equal("standing by: The store is away.", one.Lease.State);

        one.IsCutOff = false;
        await TurnUntilAsync(() => one.Lease.State.StartsWith("standing by for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_the_store_hangs_it_stands_by_all_the_same()
    {
        (Node one, Node other) = await StartBothAsync();

        one.IsHanging = true;
        await TurnUntilAsync(() =>
        {
            Assert.False(one.Lease.IsHeld && other.Lease.IsHeld, "Both do the jobs.");
            return other.HasRetained;
        });
        Assert.Equal("standing by: The store did not answer in time.", one.Lease.State);
    }

    async Task<(Node One, Node Other)> StartBothAsync()
    {
        Node one = await StartAsync();
        await TurnUntilAsync(() => one.Lease.IsHeld);
        Node other = await StartAsync();
        await TurnUntilAsync(() => other.Lease.State.StartsWith("standing by for", StringComparison.Ordinal));
        return (one, other);
    }

    async Task<Node> StartAsync()
    {
        var node = new Node(_clock, _leases);
        _nodes.Add(node);
        await node.Host.StartAsync(Cancellation);
        return node;
    }

    /// <summary>Turns the clock by small steps, each with time for what waits for it; how far it has to be turned the test does not say.</summary>
    async Task TurnUntilAsync(Func<bool> holds)
    {
        while (!holds())
            await TurnAsync(TimeSpan.FromSeconds(1));
    }

    async Task TurnAsync(TimeSpan by)
    {
        for (TimeSpan turned = TimeSpan.Zero; turned < by; turned += TimeSpan.FromSeconds(1))
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>One process with jobs, on a store of its own so that it shows which process was at work.</summary>
    sealed class Node : ILeaseStore, IAsyncDisposable
    {
        readonly MemoryLeases _leases;
        readonly MemoryStore _store = new();
        bool _isDisposed;

        public Node(FakeTimeProvider clock, MemoryLeases leases)
        {
            _leases = leases;
            HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(settings: null);
            builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<ICaptureStore>(_store).AddSingleton<ILeaseStore>(this)
                .AddJobs(new RetentionPolicy(Days: 1, Bytes: null));
            Host = builder.Build();
            Lease = Host.Services.GetRequiredService<JobsLease>();
        }

        public IHost Host { get; }

        public JobsLease Lease { get; }

        public bool HasRetained => _store.RetentionRuns > 0;

        public bool IsCutOff { get; set; }

        public bool IsHanging { get; set; }

        public async ValueTask DisposeAsync()
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            await Host.StopAsync(CancellationToken.None);
            Host.Dispose();
        }

        public async ValueTask<Lease?> ReadAsync(string name, CancellationToken cancellation)
        {
            if (IsHanging)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return IsCutOff ? throw new StoreException("The store is away.", isTransient: true) : await _leases.ReadAsync(name, cancellation);
        }

        public ValueTask<Lease?> WriteAsync(string name, string? holder, Lease? seen, CancellationToken cancellation) =>
            IsCutOff ? throw new StoreException("The store is away.", isTransient: true) : _leases.WriteAsync(name, holder, seen, cancellation);
    }
}
