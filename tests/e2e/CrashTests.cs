namespace Homer.Search.Tests.EndToEnd;

/// <summary>SIGKILL in the middle of a load, again and again, on the same data.</summary>
public sealed class CrashTests
{
    const int Kills = 10;
    static readonly TimeSpan BetweenBursts = TimeSpan.FromMilliseconds(10);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_message_counted_as_received_is_there_exactly_once_after_ten_kills()
    {
        await using HomerServer server = await HomerServer.StartAsync(Cancellation);
        IReadOnlyList<long> received = await ProbeLoad.KillAgainAndAgainAsync(server, Kills, BetweenBursts, Cancellation);
        await GraphQLClient.UntilAsync(() => server.GraphQL.LagMsAsync(Cancellation), lag => lag == 0, Cancellation);
        await ProbeLoad.AssertStoredOnceAsync(server, received, Cancellation);
    }
}
