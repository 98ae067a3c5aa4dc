using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Store;

public sealed class TimeTextTests
{
    // A Tuesday.
    static readonly Instant Now = new(Instant.From(new DateTimeOffset(2026, 11, 24, 14, 3, 20, TimeSpan.Zero)).Nanoseconds + 123_456_789);

    [Theory]
    [InlineData("now", "2026-11-24T14:03:20.123456789Z", "2026-11-24T14:03:20.123456790Z")]
    [InlineData("now-15m", "2026-11-24T13:48:20.123456789Z", "2026-11-24T13:48:20.123456790Z")]
    [InlineData("now+1h", "2026-11-24T15:03:20.123456789Z", "2026-11-24T15:03:20.123456790Z")]
    [InlineData("now-1d-12H", "2026-11-23T02:03:20.123456789Z", "2026-11-23T02:03:20.123456790Z")]
    [InlineData("now-90s", "2026-11-24T14:01:50.123456789Z", "2026-11-24T14:01:50.123456790Z")]
    [InlineData("now/s", "2026-11-24T14:03:20.000000000Z", "2026-11-24T14:03:21.000000000Z")]
    [InlineData("now/m", "2026-11-24T14:03:00.000000000Z", "2026-11-24T14:04:00.000000000Z")]
    [InlineData("now/h", "2026-11-24T14:00:00.000000000Z", "2026-11-24T15:00:00.000000000Z")]
    [InlineData("now/d", "2026-11-24T00:00:00.000000000Z", "2026-11-25T00:00:00.000000000Z")]
    [InlineData("now-1d/d", "2026-11-23T00:00:00.000000000Z", "2026-11-24T00:00:00.000000000Z")]
    [InlineData("now/w", "2026-11-23T00:00:00.000000000Z", "2026-11-30T00:00:00.000000000Z")]
    [InlineData("now+5d/w", "2026-11-23T00:00:00.000000000Z", "2026-11-30T00:00:00.000000000Z")]
    [InlineData("now/M", "2026-11-01T00:00:00.000000000Z", "2026-12-01T00:00:00.000000000Z")]
    [InlineData("now-9M/M", "2026-02-01T00:00:00.000000000Z", "2026-03-01T00:00:00.000000000Z")]
    [InlineData("now/y", "2026-01-01T00:00:00.000000000Z", "2027-01-01T00:00:00.000000000Z")]
    [InlineData("now-1y", "2025-11-24T14:03:20.123456789Z", "2025-11-24T14:03:20.123456790Z")]
    [InlineData("2026-11-24", "2026-11-24T00:00:00.000000000Z", "2026-11-25T00:00:00.000000000Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.000000000Z", "2024-03-01T00:00:00.000000000Z")]
    [InlineData("2026-11-24T14:03", "2026-11-24T14:03:00.000000000Z", "2026-11-24T14:04:00.000000000Z")]
    [InlineData("2026-11-24 14:03:20", "2026-11-24T14:03:20.000000000Z", "2026-11-24T14:03:21.000000000Z")]
    [InlineData("2026-11-24T14:03:20.5Z", "2026-11-24T14:03:20.500000000Z", "2026-11-24T14:03:20.600000000Z")]
    [InlineData("2026-11-24T14:03:20.123456789Z", "2026-11-24T14:03:20.123456789Z", "2026-11-24T14:03:20.123456790Z")]
    [InlineData("2026-11-24T14:03:20,120+01:00", "2026-11-24T13:03:20.120000000Z", "2026-11-24T13:03:20.121000000Z")]
    [InlineData("2026-11-24T23:30:00-0330", "2026-11-25T03:00:00.000000000Z", "2026-11-25T03:00:01.000000000Z")]
    [InlineData("2026-11-24T00:00z", "2026-11-24T00:00:00.000000000Z", "2026-11-24T00:01:00.000000000Z")]
    [InlineData("1970-01-01", "1970-01-01T00:00:00.000000000Z", "1970-01-02T00:00:00.000000000Z")]
    [InlineData("2262-04-11T23:47:16Z", "2262-04-11T23:47:16.000000000Z", "")]
    public void A_time_covers_what_its_precision_names(string text, string start, string end)
    {
        bool read = TimeText.TryParse(text, Now, out TimeText time);

        // The last second that nanoseconds can hold has no end.
        Assert.Equal(end.Length > 0, read);
        if (read)
            Assert.Equal((start, end), (time.Start.ToString(), time.End.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("now-")]
    [InlineData("now-15")]
    [InlineData("now-15x")]
    [InlineData("now - 15m")]
    [InlineData("now/")]
    [InlineData("now/d/h")]
    [InlineData("Now")]
    [InlineData("now-15m\n")]
    [InlineData("now-999999999y")]
    [InlineData("now-999999999d")]
    [InlineData("now-60y")]
    [InlineData("now+999999999w")]
    [InlineData("2026-11-24T25:00Z")]
    [InlineData("2026-11-24T14:60Z")]
    [InlineData("2026-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("2026-1-1")]
    [InlineData("2026-11-24T14")]
    [InlineData("2026-11-24T14:03:20.1234567891Z")]
    [InlineData("2026-11-24T14:03:20+99:00")]
    [InlineData("1969-12-31")]
    [InlineData("2300-01-01")]
    [InlineData("20261124")]
    public void What_is_no_time_is_refused(string text) => Assert.False(TimeText.TryParse(text, Now, out _));

    [Theory]
    [InlineData("now-15m", "now", "2026-11-24T13:48:20.123456789Z", "2026-11-24T14:03:20.123456789Z")]
    [InlineData("now/d", "now/d", "2026-11-24T00:00:00.000000000Z", "2026-11-25T00:00:00.000000000Z")]
    [InlineData("2026-11-23", "2026-11-24", "2026-11-23T00:00:00.000000000Z", "2026-11-25T00:00:00.000000000Z")]
    [InlineData(" 2026-11-24T10:00 ", "2026-11-24T11:00:00+01:00", "", "")]
    [InlineData("2026-11-24T10:00", "2026-11-24T11:30:00+01:00", "2026-11-24T10:00:00.000000000Z", "2026-11-24T10:30:00.000000000Z")]
    public void A_range_takes_a_whole_day_in_and_excludes_a_moment(string from, string to, string start, string end)
    {
        if (start.Length == 0)
        {
            Assert.Contains("not after its beginning", Assert.Throws<QueryException>(() => TimeRanges.Parse(from, to, Now)).Message, StringComparison.Ordinal);
            return;
        }

        TimeRange range = TimeRanges.Parse(from, to, Now);
        Assert.Equal((start, end), (range.From.ToString(), range.To.ToString()));
    }

    [Fact]
    public void A_range_says_which_of_its_ends_cannot_be_read() =>
        Assert.Equal(
            "'tomorrow' is not a time (in 'to'). Write ISO 8601 (2026-11-24T14:03:00Z) or relative to now (now-15m, now/d).",
            Assert.Throws<QueryException>(() => TimeRanges.Parse("now-1h", "tomorrow", Now)).Message);
}
