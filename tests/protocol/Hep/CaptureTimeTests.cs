using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Protocol.Hep;

public class CaptureTimeTests
{
    const uint Noon = 1_700_000_000;

    static readonly Instant Arrival = Instant.FromUnix(Noon, 0);
    static readonly Instant Oldest = Instant.FromUnix(Noon - (30 * 86_400), 0);

    [Theory]
    [InlineData(Noon, 123_456u, Noon, 123_456L)]
    [InlineData(Noon - 86_400, 0u, Noon - 86_400, 0L)]
    [InlineData(Noon + 86_400, 0u, Noon + 86_400, 0L)]
    // A few seconds' worth of microseconds carry, more is nonsense.
    [InlineData(Noon, 2_500_000u, Noon + 2, 500_000L)]
    [InlineData(Noon, 10_000_000u, Noon, 0L)]
    [InlineData(Noon, uint.MaxValue, Noon, 0L)]
    public void A_stamp_that_can_be_true_is_believed(uint seconds, uint microseconds, uint expected, long expectedMicroseconds)
    {
        CaptureTime time = Resolve(seconds, microseconds);
        Assert.Equal(Instant.FromUnix(expected, expectedMicroseconds), time.Time);
        Assert.False(time.IsReplaced);
        Assert.Null(time.AsSent);
    }

    [Theory]
    [InlineData(Noon + 86_401, 0u)]
    [InlineData(Noon - (30 * 86_400) - 1, 0u)]
    [InlineData(1u, 5u)]
    [InlineData(4_004_388_331u, 0u)]
    public void A_stamp_that_cannot_be_true_is_replaced_and_kept(uint seconds, uint microseconds)
    {
        CaptureTime time = Resolve(seconds, microseconds);
        Assert.Equal(Arrival, time.Time);
        Assert.True(time.IsReplaced);
        Assert.Equal(Instant.FromUnix(seconds, microseconds), time.AsSent);
    }

    [Fact]
    public void Swapped_octets_are_put_right()
    {
        CaptureTime time = Resolve(0x00f15365, 0x40e20100);
        Assert.Equal(Instant.FromUnix(Noon, 123_456), time.Time);
        Assert.True(time.IsReplaced);
        Assert.Equal(Instant.FromUnix(0x00f15365, 0), time.AsSent);
        // Only the seconds were swapped.
        Assert.Equal(Instant.FromUnix(Noon, 123_456), Resolve(0x00f15365, 123_456).Time);
    }

    [Fact]
    public void Without_a_stamp_the_arrival_stands_and_nothing_was_replaced()
    {
        CaptureTime time = Resolve(0, 0);
        Assert.Equal(Arrival, time.Time);
        Assert.False(time.IsReplaced);
    }

    [Fact]
    public void Nothing_is_older_than_the_year_2000_however_long_it_is_kept()
    {
        var packet = new HepPacket { Seconds = 946_684_799 };
        Assert.True(CaptureTime.Resolve(packet, Arrival, new(0)).IsReplaced);
        packet.Seconds++;
        Assert.False(CaptureTime.Resolve(packet, Arrival, new(0)).IsReplaced);
    }

    static CaptureTime Resolve(uint seconds, uint microseconds) =>
        CaptureTime.Resolve(new HepPacket { Seconds = seconds, Microseconds = microseconds }, Arrival, Oldest);
}
