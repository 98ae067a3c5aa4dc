using Homer.Search.Ingest;

namespace Homer.Search.Tests.Ingest;

public sealed class RetryDelayTests
{
    [Theory]
    [InlineData(1, 250)]
    [InlineData(2, 500)]
    [InlineData(3, 1000)]
    [InlineData(7, 15_000)]
    [InlineData(int.MaxValue, 15_000)]
    public void The_pause_doubles_to_a_bound(int attempt, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RetryDelay.Of(attempt, jitter: 1));

    [Fact]
    public void Jitter_takes_up_to_half_of_it() => Assert.Equal(RetryDelay.Of(4, jitter: 1) / 2, RetryDelay.Of(4, jitter: 0));
}
