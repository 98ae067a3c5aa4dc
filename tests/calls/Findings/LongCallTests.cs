using Homer.Search.Calls;

namespace Homer.Search.Tests.Calls;

public sealed class LongCallTests
{
    /// <summary>A call that is refreshed for days has thousands of transactions; every one is still told from the others.</summary>
    [Fact]
    public void Every_transaction_of_a_long_call_keeps_its_own_messages()
    {
        const int Refreshes = 1500;
        Message[] refresh = [.. Scenarios.Get("C10").Where(message => message.CSeq == 2)];
        Message[] call =
        [
            .. Scenarios.Get("C10").Where(message => message.CSeq == 1),
            .. Enumerable.Range(1, Refreshes).SelectMany(number => refresh.Select(message => message with
            {
                CSeq = number + 1,
                Branch = $"{message.Branch}-{number}",
                Milliseconds = message.Milliseconds + (number * 60_000.0),
            })),
        ];

        List<Transaction> transactions = Transaction.Of(MessageOrder.Sort(Transmission.Of(MessageDocuments.Of(call[..2000]))));

        Assert.Equal(1 + (1995 / 3), transactions.Count);
        Assert.All(transactions.Skip(1), transaction => Assert.Equal((1, 1, 1), (transaction.Requests.Count, transaction.Responses.Count, transaction.Acknowledgements.Count)));
    }
}
