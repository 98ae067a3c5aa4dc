using Homer.Search.Calls;
using Homer.Search.Protocol;

namespace Homer.Search.Tests.Calls;

public sealed class RegistrationSeriesTests
{
    [Fact]
    public void Each_request_has_its_answer_and_the_last_accepted_one_binds()
    {
        RegistrationSeries series = Series(Registered(), now: 100);

        Assert.Equal([(401, 20), (200, 35)], series.Requests.Select(request => (request.Code!.Value, request.DelayMs!.Value)));
        Assert.Equal((null, "alice"), (series.Requests[0].AuthUser, series.Requests[1].AuthUser));
        Assert.Equal(("alice@10.0.0.1", 60L), (series.Binding!.Contact, series.Binding.GrantedSeconds));
        Assert.Empty(series.Lapses);
    }

    [Fact]
    public void A_binding_that_is_not_refreshed_in_time_lapses()
    {
        Message[] again = [.. Registered().Select(message => message with { Milliseconds = message.Milliseconds + 100_000, CSeq = message.CSeq + 2, Branch = message.Branch + "x" })];

        RegistrationLapse lapse = Assert.Single(Series([.. Registered(), .. again], now: 101_000).Lapses);
        Assert.Equal((60.06, 100.025), (Seconds(lapse.From), Seconds(lapse.Until!.Value)));

        RegistrationLapse last = Series([.. Registered(), .. again], now: 300_000).Lapses[1];
        Assert.Null(last.Until);
    }

    [Fact]
    public void Taken_back_it_binds_nothing_and_does_not_lapse()
    {
        Message[] gone = [.. Registered().Select(message => message with { Headers = message.Headers.Replace("Expires: 60", "Expires: 0", StringComparison.Ordinal) })];

        RegistrationSeries series = Series(gone, now: 1_000_000);

        Assert.Null(series.Binding);
        Assert.Empty(series.Lapses);
    }

    static Message[] Registered() => [.. Scenarios.Get("R1").Select((message, index) => message with { Headers = Headers(index) })];

    static string Headers(int index) =>
        "Contact: <sip:alice@10.0.0.1>\r\nExpires: 60\r\n" + (index == 2 ? "Authorization: Digest username=\"alice\", realm=\"example.com\"\r\n" : "");

    static RegistrationSeries Series(Message[] messages, double now) => RegistrationSeries.Of(MessageDocuments.Of(messages), new Message(now, "", "", "").Time);

    static double Seconds(Instant time) => time.Since(Message.Epoch).TotalSeconds;
}
