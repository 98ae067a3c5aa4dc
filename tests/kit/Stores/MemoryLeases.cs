using System.Globalization;
using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>Leases of processes that are all in this one.</summary>
public sealed class MemoryLeases : ILeaseStore
{
    readonly Dictionary<string, Lease> _leases = [];
    readonly Lock _gate = new();
    int _revision;

    public ValueTask<Lease?> ReadAsync(string name, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
            return new(_leases.GetValueOrDefault(name));
    }

    public ValueTask<Lease?> WriteAsync(string name, string? holder, Lease? seen, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_leases.GetValueOrDefault(name)?.Revision != seen?.Revision)
                return new((Lease?)null);
            var written = new Lease(holder, (++_revision).ToString(CultureInfo.InvariantCulture));
            _leases[name] = written;
            return new(written);
        }
    }
}
