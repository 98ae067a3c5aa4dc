using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Ingest;

/// <summary>
/// A store that only writes: keeps units as the contract says, each wholly or not at all, records what it was told, and refuses when a test
/// wants it.
/// </summary>
sealed class StubbornStore : ICaptureStore
{
    readonly Lock _gate = new();
    readonly Queue<StoreException> _refusals = [];
    readonly List<long> _ends = [];
    readonly List<long> _sequences = [];
    readonly List<string> _calls = [];
    int _openings;

    /// <summary>What the next writer says of a part that is ahead.</summary>
    public long ReplayEnd { get; set; }

    /// <summary>Packets of each unit that it says it will never take.</summary>
    public long RefusedPackets { get; set; }

    /// <summary>Where each committed unit ended.</summary>
    public IReadOnlyList<long> Ends => Locked(() => _ends.ToArray());

    /// <summary>Place in the journal of each document, in the order of commits.</summary>
    public IReadOnlyList<long> Sequences => Locked(() => _sequences.ToArray());

    /// <summary>The Call-IDs of the summaries written, in the order of commits.</summary>
    public IReadOnlyList<string> Calls => Locked(() => _calls.ToArray());

    /// <summary>How long the calls of a unit take after its rows.</summary>
    public TimeSpan CallsTake { get; set; }

    public int Openings => Locked(() => _openings);

    public void Refuse(int times, bool isTransient = true)
    {
        lock (_gate)
        {
            for (int time = 0; time < times; time++)
                _refusals.Enqueue(new StoreException("The disk of the store is full.", isTransient));
        }
    }

    public ValueTask<ICaptureWriter> OpenWriterAsync(uint journal, CancellationToken cancellation)
    {
        Locked(() => _openings++);
        return ValueTask.FromResult<ICaptureWriter>(new Writer(this));
    }

    public ValueTask<Page> SearchAsync(CaptureQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Facet>> FacetsAsync(FacetQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<HistogramBucket>> HistogramAsync(HistogramQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MeasureGroup>> MeasureAsync(MeasureQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<byte[]?>> RawAsync(IReadOnlyList<Document> documents, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask MergeAsync(IReadOnlyCollection<SummaryUpdate> updates, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<RetentionReport> RetainAsync(RetentionPolicy policy, Instant now, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    sealed class Writer(StubbornStore store) : ICaptureWriter
    {
        readonly List<long> _unit = [];
        Task<long> _callsWritten = Task.FromResult(0L);

        public long ReplayEnd => store.ReplayEnd;

        public ValueTask AppendAsync(DocumentBatch batch, CancellationToken cancellation)
        {
            foreach (ulong cell in batch.Cells(Fields.Sequence.Column(batch.Kind)))
                _unit.Add((long)cell);
            return ValueTask.CompletedTask;
        }

        public ValueTask<long> CommitAsync(long end, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
        {
            lock (store._gate)
            {
                if (store._refusals.TryDequeue(out StoreException? refusal))
                    throw refusal;
                store._ends.Add(end);
                store._sequences.AddRange(_unit);
            }

            _unit.Clear();
            _callsWritten = WriteCallsAsync(_callsWritten, summaries, cancellation);
            return new ValueTask<long>(_callsWritten);
        }

        async Task<long> WriteCallsAsync(Task before, IReadOnlyCollection<SummaryUpdate> summaries, CancellationToken cancellation)
        {
            await before;
            if (store.CallsTake > TimeSpan.Zero)
                await Task.Delay(store.CallsTake, TimeProvider.System, cancellation);
            lock (store._gate)
                store._calls.AddRange(summaries.Select(summary => Encoding.UTF8.GetString(summary.Key.Span)));
            return store.RefusedPackets;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
