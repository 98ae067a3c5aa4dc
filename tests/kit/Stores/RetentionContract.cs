using Homer.Search.Store;
using Xunit;

namespace Homer.Search.Tests.Stores;

/// <summary>Whole days go, the oldest first, and nothing else does.</summary>
public abstract class RetentionContract<TPlace> : StoreContract<TPlace>
    where TPlace : StorePlace, new()
{
    [Fact]
    public async Task Days_beyond_the_days_kept_go()
    {
        await WriteDaysAsync(-3, -2, -1, 0);

        RetentionReport report = await Store.RetainAsync(new RetentionPolicy(Days: 1, Bytes: null), At(12), Cancellation);

        Assert.Equal([Today.AddDays(-3), Today.AddDays(-2)], report.DroppedDays);
        Assert.True(report.FreedBytes > 0, $"{report.FreedBytes} bytes freed.");
        Assert.True(report.KeptBytes > 0, $"{report.KeptBytes} bytes kept.");
        await AssertDaysAsync(-1, 0);
        await ReopenAsync();
        await AssertDaysAsync(-1, 0);
    }

    [Fact]
    public async Task Nothing_goes_that_the_policy_wants()
    {
        await WriteDaysAsync(-1, 0);

        RetentionReport unbounded = await Store.RetainAsync(new RetentionPolicy(null, null), At(12), Cancellation);
        RetentionReport wide = await Store.RetainAsync(new RetentionPolicy(30, 1L << 40), At(12), Cancellation);

        Assert.Empty(unbounded.DroppedDays);
        Assert.Empty(wide.DroppedDays);
        Assert.Equal(0, wide.FreedBytes);
        await AssertDaysAsync(-1, 0);
    }

    [Fact]
    public async Task Too_many_bytes_take_the_oldest_days_but_not_the_one_being_written()
    {
        await WriteDaysAsync(-2, -1, 0);

        RetentionReport report = await Store.RetainAsync(new RetentionPolicy(null, Bytes: 1), At(12), Cancellation);

        Assert.Equal([Today.AddDays(-2), Today.AddDays(-1)], report.DroppedDays);
        Assert.True(report.KeptBytes > 1, $"{report.KeptBytes} bytes kept.");
        await AssertDaysAsync(0);
    }

    [Fact]
    public async Task Of_too_many_bytes_no_more_days_go_than_needed()
    {
        await WriteDaysAsync(-2, -1, 0);
        long kept = (await Store.RetainAsync(new RetentionPolicy(null, null), At(12), Cancellation)).KeptBytes;

        RetentionReport report = await Store.RetainAsync(new RetentionPolicy(null, Bytes: kept - 1), At(12), Cancellation);

        Assert.Equal([Today.AddDays(-2)], report.DroppedDays);
        Assert.True(report.KeptBytes < kept, $"{report.KeptBytes} of {kept} bytes kept.");
    }

    [Fact]
    public async Task A_store_goes_on_after_days_went()
    {
        await WriteDaysAsync(-2, 0);
        await Store.RetainAsync(new RetentionPolicy(Days: 1, Bytes: null), At(12), Cancellation);

        await WriteAsync(8_000, Messages(5, firstPosition: 4_000), [SampleSummary.Of("new", At(10), 8_000)]);

        Assert.Equal(10, (await AllAsync()).Count);
        Assert.NotNull(await Store.FindAsync(DocumentKind.Call, "new", Cancellation));
    }

    /// <summary>Five messages and a call for each day, a unit a day.</summary>
    async Task WriteDaysAsync(params int[] days)
    {
        for (int unit = 0; unit < days.Length; unit++)
        {
            long end = 400 * (unit + 1);
            SampleSummary call = SampleSummary.Of($"call of day {days[unit]}", At(10, day: days[unit]), end);
            await WriteAsync(end, Messages(5, days[unit], firstPosition: 400 * unit), [call]);
        }
    }

    async Task AssertDaysAsync(params int[] days)
    {
        Assert.Equal(days.Select(day => Today.AddDays(day)), (await AllAsync()).Select(document => document.Time.Day).Distinct().Order());
        Assert.Equal(days.Select(day => Today.AddDays(day)), (await AllAsync(DocumentKind.Call)).Select(call => call.Time.Day).Order());
        Assert.Equal(5 * days.Length, (await AllAsync()).Count);
    }
}
