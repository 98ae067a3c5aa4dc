using System.Globalization;
using Homer.Search.Protocol;
using Homer.Search.Server.Pcap;

namespace Homer.Search.Server.Scenario;

/// <summary>Plays one call to its end: who sends what, and when.</summary>
static class CallScript
{
    /// <summary>Timer A of RFC 3261: when an INVITE that nobody answers is sent again, in milliseconds.</summary>
    static readonly int[] Retransmissions = [500, 1500, 3500, 7500, 15_500, 31_500];

    /// <summary>The call's messages, in the order of their times.</summary>
    public static IReadOnlyList<CapturedSip> Play(CallFate fate, Random random, Instant start, CaptureNode node)
    {
        var call = new PlayedCall(random, start, node, Party.Phone(random), Party.Carrier(random));
        double ringing = random.Next(80, 1800);
        switch (fate)
        {
            case CallFate.Answered:
                Invite(call, 0, null);
                Talk(call, ringing, random);
                break;
            case CallFate.Challenged:
                Challenge(call, "INVITE", 407, "Proxy Authentication Required", "Proxy-Authenticate");
                Invite(call, 40, Credentials(random, "INVITE"));
                Talk(call, 40 + ringing, random);
                break;
            case CallFate.Busy:
                Invite(call, 0, null);
                Refuse(call, ringing, 486, "Busy Here", ("Reason", "Q.850;cause=17;text=\"User busy\""));
                break;
            case CallFate.Failed:
                Invite(call, 0, null);
                Refuse(call, ringing, 503, "Service Unavailable", ("Reason", "Q.850;cause=38;text=\"Network out of order\""));
                break;
            case CallFate.NoAnswer:
                Invite(call, 0, null);
                call.Response(ringing, 180, "Ringing", "INVITE");
                Refuse(call, ringing + random.Next(12_000, 20_000), 480, "Temporarily Unavailable",
                    ("Reason", "Q.850;cause=19;text=\"No answer from user\""));
                break;
            case CallFate.Cancelled:
                Invite(call, 0, null);
                Cancel(call, ringing, ringing + random.Next(2_000, 9_000));
                break;
            case CallFate.Unreachable:
                Invite(call, 0, null);
                foreach (int ms in Retransmissions)
                    call.RequestToCallee(ms, "INVITE");
                call.ResponseOfProxy(32_010, 408, "Request Timeout", "INVITE");
                call.RequestToProxy(32_014, "ACK");
                break;
            case CallFate.Registration:
                Challenge(call, "REGISTER", 401, "Unauthorized", "WWW-Authenticate");
                call.Begin();
                call.RequestToProxy(35, "REGISTER", Credentials(random, "REGISTER"));
                call.ResponseOfProxy(39, 200, "OK", "REGISTER", ("Expires", "600"));
                break;
        }

        call.Messages.Sort((left, right) => left.Time.CompareTo(right.Time));
        return call.Messages;
    }

    static void Invite(PlayedCall call, double ms, string? credentials)
    {
        call.Begin();
        call.Request(ms, "INVITE", credentials);
        call.ResponseOfProxy(ms + 0.3, 100, "trying -- your call is important to us", "INVITE");
    }

    static void Talk(PlayedCall call, double ringing, Random random)
    {
        double answer = ringing + random.Next(900, 8_000);
        double bye = answer + random.Next(2_000, 45_000);
        call.Response(ringing, 180, "Ringing", "INVITE");
        call.Response(answer, 200, "OK", "INVITE");
        call.Request(answer + 12, "ACK");
        if (random.Next(2) == 0)
        {
            call.ByeOfCallee(bye);
            return;
        }

        call.Begin();
        call.Request(bye, "BYE");
        call.Response(bye + 15, 200, "OK", "BYE");
    }

    /// <summary>A final answer that is none of success; each hop acknowledges it for itself (RFC 3261 §17.1.1.3).</summary>
    static void Refuse(PlayedCall call, double ms, int code, string reason, params ReadOnlySpan<(string Name, string Value)> more)
    {
        call.Response(ms, code, reason, "INVITE", more);
        call.RequestToCallee(ms + 0.9, "ACK");
        call.RequestToProxy(ms + 4, "ACK");
    }

    /// <summary>CANCEL goes hop by hop and is answered by each (RFC 3261 §9).</summary>
    static void Cancel(PlayedCall call, double ringing, double ms)
    {
        call.Response(ringing, 180, "Ringing", "INVITE");
        call.RequestToProxy(ms, "CANCEL");
        call.ResponseOfProxy(ms + 0.4, 200, "canceling", "CANCEL");
        call.RequestToCallee(ms + 0.7, "CANCEL");
        call.ResponseToProxy(ms + 14, 200, "OK", "CANCEL");
        Refuse(call, ms + 16, 487, "Request Terminated");
    }

    static void Challenge(PlayedCall call, string method, int code, string reason, string header)
    {
        call.Begin();
        call.RequestToProxy(0, method);
        call.ResponseOfProxy(
            0.6, code, reason, method, (header, "Digest realm=\"example.net\", nonce=\"Zx8nS2fHJh4=\", algorithm=MD5, qop=\"auth\""));
        if (method == "INVITE")
            call.RequestToProxy(5, "ACK");
    }

    static string Credentials(Random random, string method) => string.Create(
        CultureInfo.InvariantCulture,
        $"Digest username=\"{method[0]}{random.Next(1000, 9999)}\", realm=\"example.net\", nonce=\"Zx8nS2fHJh4=\", uri=\"sip:example.net\", response=\"{random.NextInt64():x16}{random.NextInt64():x16}\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"{random.Next():x8}\"");
}
