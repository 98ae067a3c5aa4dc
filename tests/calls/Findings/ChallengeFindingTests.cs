namespace Homer.Search.Tests.Calls;

public sealed class ChallengeFindingTests
{
    const string Challenge = "WWW-Authenticate: Digest realm=\"example.com\", nonce=\"n1\"";
    const string Credentials = "Authorization: Digest username=\"alice\", realm=\"example.com\", nonce=\"n1\", uri=\"sip:example.com\", response=\"00\"";

    [Fact]
    public void No_credentials_are_given() => Found.Once(
        "challenge-not-answered", "10.0.0.2:5060 asked for credentials for example.com with 401 Unauthorized, and 10.0.0.1:5060 gave none.", 2,
        Register(1, credentials: false));

    [Fact]
    public void The_credentials_are_wrong()
    {
        Message[] series = [.. Register(1, credentials: false), .. Register(2, credentials: true)];

        Found.Once("wrong-credentials", "10.0.0.2:5060 does not accept the credentials of alice: 401 Unauthorized.", 2, series);
        Found.None("challenge-not-answered", series);
        Found.None("authentication-loop", series);
    }

    [Fact]
    public void An_account_is_barred() => Found.Once(
        "wrong-credentials", "10.0.0.2:5060 does not accept the credentials of alice: 403 Forbidden.", 2,
        [.. Register(1, credentials: false), .. Register(2, credentials: true, "SIP/2.0 403 Forbidden")]);

    [Fact]
    public void The_credentials_are_right_but_old()
    {
        Message[] series = [.. Register(1, credentials: true).With(1, message => message with { Headers = Challenge + ", stale=TRUE\r\n" }), .. Register(2, credentials: true, "SIP/2.0 200 OK")];

        Found.Once("stale-nonce", "10.0.0.2:5060 called the nonce stale once; the credentials themselves were right.", 1, series);
        Found.None("wrong-credentials", series);
    }

    [Fact]
    public void Every_attempt_is_challenged_again()
    {
        Message[] series = [.. Register(1, credentials: false), .. Register(2, credentials: true), .. Register(3, credentials: true), .. Register(4, credentials: true)];

        Found.Once("authentication-loop", "REGISTER was challenged 4 times in 0.3 s and never let through.", 4, series);
    }

    [Fact]
    public void A_registration_that_goes_well_has_no_findings() =>
        Assert.Empty(Found.In([.. Register(1, credentials: false), .. Register(2, credentials: true, "SIP/2.0 200 OK")]));

    static Message[] Register(int number, bool credentials, string answer = "SIP/2.0 401 Unauthorized")
    {
        Message request = Scenarios.Parse($"{number * 100} > REGISTER sip:example.com SIP/2.0 ;cs={number} br=r{number} tt=-")[0];
        Message response = Scenarios.Parse($"{(number * 100) + 20} < {answer} ;cs={number}/REGISTER br=r{number} tt=s{number}")[0];
        return [credentials ? request.Header(Credentials) : request, answer.Contains("401", StringComparison.Ordinal) ? response.Header(Challenge) : response];
    }
}
