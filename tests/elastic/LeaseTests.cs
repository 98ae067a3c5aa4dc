using Homer.Search.Store;
using Homer.Search.Store.Elastic;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Elastic;

/// <summary>The leases of an engine are held to the contract of all.</summary>
public abstract class ElasticLeaseContract<TPlace> : LeaseContract, IAsyncDisposable
    where TPlace : ElasticPlace, new()
{
    readonly TPlace _place = new();
    ICaptureStore? _store;

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        await _place.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override async ValueTask<ILeaseStore> LeasesAsync()
    {
        _store = await _place.OpenAsync(Cancellation);
        return ((ElasticStore)_store).Leases;
    }
}

public sealed class Elasticsearch8Leases : ElasticLeaseContract<Elasticsearch8>;

public sealed class Elasticsearch9Leases : ElasticLeaseContract<Elasticsearch9>;

public sealed class OpenSearch3Leases : ElasticLeaseContract<OpenSearch3>;
