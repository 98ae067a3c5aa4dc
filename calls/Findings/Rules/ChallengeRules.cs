using Homer.Search.Store;

namespace Homer.Search.Calls;

sealed class ChallengeNotAnswered() : FindingRule(
    "challenge-not-answered", Severity.Warning, new(3261, "22.1"),
    "The caller has no credentials for that realm, or is meant to be known by its address: enter the account, or add the address to the trusted peers.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from method in call.AtCaller.Where(transaction => transaction.Method is not ("ACK" or "CANCEL")).GroupBy(transaction => transaction.Method)
        let last = method.Last()
        where last.Final is { StatusCode: 401 or 407 } && last.Request.Message.Text(Fields.AuthUser) is null && call.HasPassed(CallTimeout.Calling, last.Final)
        select Found(
            $"{last.Final!.From} asked for credentials{Realm(last.Final)} with {last.Final.Label()}, and {last.Request.From} gave none.", last.Request, last.Final);

    static string Realm(Transmission challenge) => challenge.Message.Text(Fields.AuthRealm) is { } realm ? $" for {realm}" : "";
}

sealed class WrongCredentials() : FindingRule(
    "wrong-credentials", Severity.Error, new(3261, "22.1"),
    "User name, password or realm of the account is wrong, or the account is locked; many of these from one address are somebody who guesses.")
{
    public override IEnumerable<Finding> Find(CallEvidence call) =>
        from refusal in call.Refusals(401, 403, 407)
        let answer = refusal.Answer
        let request = refusal.Transaction.Request.Message
        where request.Text(Fields.AuthUser) is not null
        // Credentials for one realm may rightly be answered by the challenge of another.
        where answer.StatusCode == 403 || (answer.Message.Text(Fields.AuthRealm) == request.Text(Fields.AuthRealm) && !StaleNonce.IsStale(call, answer))
        select Found($"{answer.From} does not accept the credentials of {request.Text(Fields.AuthUser)}: {answer.Label()}.", refusal.Transaction.Request, answer);
}

sealed class StaleNonce() : FindingRule(
    "stale-nonce", Severity.Info, new(7616, "3.3"),
    "Harmless once in a while; when it is said to every request, the servers behind one name do not share their nonces, or the phone repeats an old one.")
{
    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        Transmission[] stale = [.. call.Refusals(401, 407).Select(refusal => refusal.Answer).Where(answer => IsStale(call, answer))];
        if (stale.Length > 0)
            yield return Found($"{stale[0].From} called the nonce stale {(stale.Length == 1 ? "once" : stale.Length.Times())}; the credentials themselves were right.", stale);
    }

    public static bool IsStale(CallEvidence call, Transmission challenge) =>
        (call.Header(challenge, challenge.StatusCode == 401 ? "WWW-Authenticate" : "Proxy-Authenticate") ?? "").Replace("\"", "", StringComparison.Ordinal)
            .Contains("stale=true", StringComparison.OrdinalIgnoreCase);
}

sealed class AuthenticationLoop() : FindingRule(
    "authentication-loop", Severity.Error, new(3261, "8.1.3.5"),
    "Each new set of credentials is challenged again: check the password and the realm, the clock and nonce lifetime of the server, and whether two servers answer in turn.")
{
    public const int Most = 2;

    public override IEnumerable<Finding> Find(CallEvidence call)
    {
        foreach (IGrouping<string, Transaction> method in call.AtCaller.GroupBy(transaction => transaction.Method))
        {
            Transmission[] challenges = [.. method.Select(transaction => transaction.Final).OfType<Transmission>().Where(answer => answer.StatusCode is 401 or 407)];
            if (challenges.Length > Most && !method.Any(transaction => transaction.Success is not null))
            {
                yield return Found(
                    $"{method.Key} was challenged {challenges.Length.Times()} in {challenges[^1].After(challenges[0]).Seconds()} and never let through.", challenges);
            }
        }
    }
}
