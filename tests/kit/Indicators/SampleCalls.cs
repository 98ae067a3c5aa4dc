using System.Globalization;
using System.Net;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;

namespace Homer.Search.Tests.Indicators;

/// <summary>
/// Summaries of calls and registrations that ended in every way there is, or have not, always the same ones; some are legs of one session.
/// </summary>
public static class SampleCalls
{
    static readonly long[] Codes = [200, 200, 200, 202, 302, 401, 402, 403, 404, 407, 408, 480, 486, 487, 488, 500, 503, 504, 600, 603, 608];
    static readonly string[] Carriers = ["north", "south", "west"];
    static readonly CallOutcome[] Outcomes =
        [.. Enum.GetValues<CallOutcome>().Where(outcome => outcome is > CallOutcome.Pending and < CallOutcome.Registered)];

    /// <param name="first">The earliest begins then, the others within two days.</param>
    public static IReadOnlyList<Sample> Generate(int count, Instant first)
    {
        var random = new Random(20261130);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(number => Call(number, first.Plus(TimeSpan.FromSeconds(random.Next(2 * 86_400))), random)),
        ];
    }

    static Sample Call(int number, Instant start, Random random)
    {
        var call = new Sample(DocumentKind.Call);
        bool isCall = random.Next(5) > 0;
        string callId = string.Create(CultureInfo.InvariantCulture, $"{number}@example.com");
        call[Fields.CallId] = callId;
        call[Fields.Timestamp] = call[Fields.EventStart] = start;
        call[Fields.EventEnd] = start.Plus(TimeSpan.FromSeconds(random.Next(60)));
        call[Fields.CallMethod] = isCall ? "INVITE" : "REGISTER";
        call[Fields.AttemptCount] = (long)random.Next(2, 4);
        call[Fields.CaptureId] = (long)random.Next(3);
        if (random.Next(3) > 0)
            call[Fields.Carrier] = Carriers.Where(_ => random.Next(2) > 0).DefaultIfEmpty(Carriers[0]).ToArray();
        if (random.Next(3) > 0)
            call[Fields.SourceIp] = IPAddress.Parse(random.Next(2) > 0 ? "10.0.0.1" : "2001:db8::1");
        if (isCall)
        {
            call[Fields.IsFirstLeg] = random.Next(4) > 0;
            call[Fields.SessionId] = call[Fields.IsFirstLeg] is true ? callId : "other@example.com";
        }

        if (random.Next(4) == 0)
            Wait(call, start, random);
        else if (isCall)
            EndCall(call, random);
        else
            EndRegistration(call, random);
        return call;
    }

    /// <summary>Without a final answer.</summary>
    static void Wait(Sample call, Instant start, Random random)
    {
        CallState state = random.Next(2) > 0 ? CallState.Ringing : CallState.Calling;
        Instant deadline = CallTimeout.Deadline(state, start, (Instant)call[Fields.EventEnd]!);
        call[Fields.CallState] = state.Word();
        call[Fields.CallOutcome] = CallOutcome.Pending.Word();
        call[Fields.TimesOutAt] = deadline;
        call[Fields.HoldingMs] = (deadline.Nanoseconds - start.Nanoseconds) / Instant.NanosecondsPerMillisecond;
        if (state == CallState.Ringing)
            call[Fields.RingDelayMs] = call[Fields.ResponseDelayMs] = random.NextInt64(5000);
    }

    static void EndCall(Sample call, Random random)
    {
        long code = Codes[random.Next(Codes.Length)];
        bool isAnswered = code < 300;
        bool isOver = random.Next(4) > 0;
        call[Fields.Code] = code;
        call[Fields.CallState] = (!isAnswered ? CallState.Rejected : isOver ? CallState.Completed : CallState.InCall).Word();
        CallOutcome any = Outcomes[random.Next(Outcomes.Length)];
        call[Fields.CallOutcome] = (isAnswered && random.Next(3) > 0 ? CallOutcome.Answered : any).Word();
        if (random.Next(2) > 0)
            call[Fields.RedirectCount] = 1L;
        if (isAnswered || random.Next(2) > 0)
            call[Fields.RingDelayMs] = random.NextInt64(9000);
        call[Fields.SetupMs] = random.NextInt64(30_000);
        call[Fields.ResponseDelayMs] = call[Fields.RingDelayMs] ?? call[Fields.SetupMs];
        call[Fields.HoldingMs] = isAnswered ? null : call[Fields.SetupMs];
        if (isAnswered && isOver)
            Release(call, random);
    }

    static void Release(Sample call, Random random)
    {
        call[Fields.DurationMs] = random.NextInt64(random.Next(2) > 0 ? 10_000 : 4_000_000_000);
        call[Fields.HoldingMs] = (long)call[Fields.SetupMs]! + (long)call[Fields.DurationMs]!;
        if (random.Next(3) > 0)
            call[Fields.DisconnectDelayMs] = random.NextInt64(500);
        if (random.Next(2) == 0)
            return;
        call[Fields.ReasonProtocol] = random.Next(3) > 0 ? "Q.850" : "SIP";
        call[Fields.ReasonCause] = random.Next(2) > 0 ? 16L : 38L;
    }

    static void EndRegistration(Sample call, Random random)
    {
        long code = Codes[random.Next(Codes.Length)];
        call[Fields.Code] = code;
        call[Fields.CallState] = (code < 300 ? CallState.Completed : CallState.Rejected).Word();
        CallOutcome failure = random.Next(4) > 0 ? CallOutcome.AuthFailed : CallOutcome.Incomplete;
        call[Fields.CallOutcome] = (code < 300 ? CallOutcome.Registered : failure).Word();
        call[Fields.SetupMs] = random.NextInt64(200);
    }
}
