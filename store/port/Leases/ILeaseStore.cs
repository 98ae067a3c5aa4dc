using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>
/// Where processes that share a store agree which of them does what only one may do. A lease has no end of its own: whoever wants it judges by its own
/// clock how long it has stood unchanged, so the clocks of machines need not agree. Members may throw <see cref="StoreException"/>.
/// </summary>
public interface ILeaseStore
{
    /// <summary>The lease of this name as it stands now; null when it has never been written.</summary>
    ValueTask<Lease?> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>Writes the lease when it still is as it was <paramref name="seen"/>; exactly one of several that try at once succeeds.</summary>
    /// <param name="name">Letters.</param>
    /// <param name="holder">Who holds it from now on; null gives it back.</param>
    /// <param name="seen">What was read; null when there was nothing.</param>
    /// <param name="cancellation">When it stops the call, the lease may be written or not.</param>
    /// <returns>The lease as written; null when another was faster.</returns>
    ValueTask<Lease?> WriteAsync(string name, string? holder, Lease? seen, CancellationToken cancellation);
}

/// <summary>A lease as it stood when it was read or written.</summary>
/// <param name="Holder">Who holds it; null when it was given back.</param>
/// <param name="Revision">Another with every write.</param>
public sealed record Lease(string? Holder, string Revision)
{
    /// <summary>When, by the clock of who wrote it: for people, nobody else judges by it. Null where no times are kept.</summary>
    public Instant? Written { get; init; }
}
