using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>What every store of leases must do.</summary>
public abstract class LeaseContract
{
    const string Name = "jobs";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A place that holds no lease yet.</summary>
    protected abstract ValueTask<ILeaseStore> LeasesAsync();

    [Fact]
    public async Task A_lease_is_read_as_it_was_written()
    {
        ILeaseStore leases = await LeasesAsync();
        Assert.Null(await leases.ReadAsync(Name, Cancellation));

        Lease? written = await leases.WriteAsync(Name, "a", seen: null, Cancellation);

        Assert.Equal("a", written!.Holder);
        Assert.Equal(written, await leases.ReadAsync(Name, Cancellation));
        Assert.Null(await leases.ReadAsync("other", Cancellation));
    }

    [Fact]
    public async Task Only_what_was_seen_is_replaced()
    {
        ILeaseStore leases = await LeasesAsync();
        Lease? first = await leases.WriteAsync(Name, "a", seen: null, Cancellation);
        Assert.Null(await leases.WriteAsync(Name, "b", seen: null, Cancellation));

        Lease? second = await leases.WriteAsync(Name, "a", first, Cancellation);

        Assert.NotNull(second);
        Assert.NotEqual(first!.Revision, second.Revision);
        Assert.Null(await leases.WriteAsync(Name, "b", first, Cancellation));
        Assert.Equal(second, await leases.ReadAsync(Name, Cancellation));
    }

    [Fact]
    public async Task What_was_given_back_has_no_holder_and_can_be_taken()
    {
        ILeaseStore leases = await LeasesAsync();
        Lease? held = await leases.WriteAsync(Name, "a", seen: null, Cancellation);
        Lease? free = await leases.WriteAsync(Name, holder: null, held, Cancellation);
        Assert.Null((await leases.ReadAsync(Name, Cancellation))!.Holder);

        Assert.Equal("b", (await leases.WriteAsync(Name, "b", free, Cancellation))!.Holder);
    }

    [Fact]
    public async Task Of_many_that_write_at_once_one_succeeds()
    {
        ILeaseStore leases = await LeasesAsync();
        Lease? seen = null;
        for (int round = 0; round < 5; round++)
        {
            Lease?[] written = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(number => leases.WriteAsync(Name, $"p{number}", seen, Cancellation).AsTask()));
            seen = Assert.Single(written, lease => lease is not null);
            Assert.Equal(seen, await leases.ReadAsync(Name, Cancellation));
        }
    }
}
