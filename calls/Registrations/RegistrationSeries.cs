using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>What became of each REGISTER of a series, seen at the hop nearest the phone, and when the binding lapsed.</summary>
public sealed record RegistrationSeries(IReadOnlyList<RegistrationRequest> Requests, IReadOnlyList<RegistrationLapse> Lapses)
{
    /// <param name="messages">All messages under the Call-ID, in any order.</param>
    /// <param name="now">A binding that ends before it has lapsed.</param>
    public static RegistrationSeries Of(IReadOnlyList<Document> messages, Instant now)
    {
        List<Transaction> all = Transaction.Of(MessageOrder.Sort(Transmission.Of(messages)));
        all.RemoveAll(transaction => transaction.Method != "REGISTER");
        int nearest = all.Count == 0 ? 0 : all.Min(transaction => transaction.Request.ViaCount);
        RegistrationRequest[] requests = [.. all.Where(transaction => transaction.Request.ViaCount == nearest).Select(RegistrationRequest.Of)];
        return new RegistrationSeries(requests, [.. LapsesOf(requests, now)]);
    }

    /// <summary>The binding as the last request that was accepted left it; null when none was, or it was taken back.</summary>
    public RegistrationRequest? Binding => Requests.LastOrDefault(request => request.IsAccepted) is { GrantedSeconds: not 0 } bound ? bound : null;

    static IEnumerable<RegistrationLapse> LapsesOf(RegistrationRequest[] requests, Instant now)
    {
        RegistrationRequest[] accepted = [.. requests.Where(request => request.IsAccepted)];
        for (int index = 0; index < accepted.Length; index++)
        {
            if (accepted[index] is not { GrantedSeconds: > 0, ExpiresAt: { } end })
                continue;
            Instant? next = index + 1 < accepted.Length ? accepted[index + 1].Time : null;
            if (end < (next ?? now))
                yield return new RegistrationLapse(end, next);
        }
    }
}

/// <summary>A time in which the phone could not be reached.</summary>
/// <param name="From">When the binding ended.</param>
/// <param name="Until">When the next request was sent that was accepted; null while it lasts.</param>
public sealed record RegistrationLapse(Instant From, Instant? Until);
