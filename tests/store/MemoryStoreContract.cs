using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Store;

/// <summary>The contract is tried on the store without an engine, so that a mistake in the contract itself shows here.</summary>
public sealed class MemoryPlace : StorePlace
{
    readonly MemoryStore _store = new();

    public override ValueTask<ICaptureStore> OpenAsync(CancellationToken cancellation) => new(_store);
}

public sealed class MemoryWriting : WritingContract<MemoryPlace>;

public sealed class MemorySummaries : SummaryContract<MemoryPlace>;

public sealed class MemorySearch : SearchContract<MemoryPlace>;

public sealed class MemoryPaging : PagingContract<MemoryPlace>;

public sealed class MemoryCounting : CountingContract<MemoryPlace>;

public sealed class MemoryMeasuring : MeasureContract<MemoryPlace>;

public sealed class MemoryKpis : KpiContract<MemoryPlace>;

public sealed class MemoryRetention : RetentionContract<MemoryPlace>;

public sealed class MemoryLeaseStore : LeaseContract
{
    protected override ValueTask<ILeaseStore> LeasesAsync() => new(new MemoryLeases());
}
