using System.Globalization;
using System.Net;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Why a call ended as it did, in one plain English sentence for the top of its page.</summary>
public static class CallExplanation
{
    /// <param name="messages">The call's messages, in any order; may be cut.</param>
    public static string Of(CallView call, IReadOnlyList<Document> messages)
    {
        string sentence = call.Outcome switch
        {
            CallOutcome.Pending => Pending(call),
            CallOutcome.Answered or CallOutcome.Dropped => Answered(call, messages),
            CallOutcome.CancelledCaller => Cancelled(call),
            CallOutcome.Timeout or CallOutcome.RingNoAnswer when call.FinalCode is null => NoAnswer(call, messages),
            CallOutcome.Incomplete => Incomplete(call),
            CallOutcome.Accepted => $"{call.Method} accepted: {FinalAnswer(call, messages)}",
            _ => $"{Name(call.Outcome)}: {FinalAnswer(call, messages)}",
        };
        return $"{sentence}{Replaced(call, messages)}{(call.Reason is { } reason ? $"; Reason {reason}" : "")}.";
    }

    static string Pending(CallView call) => call.State == CallState.Ringing
        ? $"Ringing: it rang after {Seconds(call.RingDelayMs)} and has no final answer yet"
        : $"Calling: the {call.Method} has no answer yet";

    static string Answered(CallView call, IReadOnlyList<Document> messages)
    {
        string answer = $"after {Seconds(call.SetupMs)}{(call.RingDelayMs < call.SetupMs ? $" (it rang after {Seconds(call.RingDelayMs)})" : "")}";
        if (call.DurationMs is not { } duration)
            return $"In call: answered {answer}, and no BYE was seen yet{Referral(call, messages)}";
        string release = call.Outcome == CallOutcome.Dropped
            ? $"torn down after {Seconds(duration)} from the {call.ReleasedBy?.Word()}'s side because something failed"
            : $"the {call.ReleasedBy?.Word()} hung up after {Seconds(duration)}";
        string unanswered = call.DisconnectDelayMs is null ? ", and the BYE was not answered" : "";
        return $"{(call.Outcome == CallOutcome.Dropped ? "Dropped: answered" : "Answered")} {answer}, {release}{Referral(call, messages)}{unanswered}";
    }

    /// <summary>One side asked the other to call somebody else, and that was accepted: a transfer, whether or not it came about.</summary>
    static string Referral(CallView call, IReadOnlyList<Document> messages)
    {
        Document? accepted = messages.FirstOrDefault(message => message.Text(Fields.CSeqMethod) == "REFER" && message.Integer(Fields.Code) is >= 200 and < 300);
        Document? opening = messages.FirstOrDefault(message => message.Text(Fields.Method) == call.Method && string.IsNullOrEmpty(message.Text(Fields.ToTag)));
        if (accepted is null || opening is null)
            return "";
        bool isByCaller = accepted.Text(Fields.FromTag) == opening.Text(Fields.FromTag);
        (Side by, Side referred) = isByCaller ? (Side.Caller, Side.Callee) : (Side.Callee, Side.Caller);
        return by == call.ReleasedBy
            ? $", having referred the {referred.Word()} to somebody else"
            : $", and the {by.Word()} had referred the {referred.Word()} to somebody else";
    }

    /// <summary>Its INVITE said Replaces (RFC 3891). A REFER may say it too, of another call; so all messages must be here to tell.</summary>
    static string Replaced(CallView call, IReadOnlyList<Document> messages)
    {
        const string Type = "replaces=";
        string? other = call.Identifiers.FirstOrDefault(identifier => identifier.StartsWith(Type, StringComparison.Ordinal));
        return other is null || messages.Count < call.MessageCount || messages.Any(message => message.Text(Fields.CSeqMethod) == "REFER")
            ? ""
            : $"; it was to replace the call {other[Type.Length..]}";
    }

    static string Cancelled(CallView call) => call.RingDelayMs is { } ring
        ? $"Cancelled: the caller gave up after {Seconds(call.SetupMs)}, {Seconds(call.SetupMs - ring)} of it ringing"
        : $"Cancelled: the caller gave up after {Seconds(call.SetupMs)} without hearing it ring";

    static string NoAnswer(CallView call, IReadOnlyList<Document> messages)
    {
        if (call.Outcome == CallOutcome.RingNoAnswer)
            return $"Not answered: it rang after {Seconds(call.RingDelayMs)}, and no final answer came within {CallTimeout.Ringing.TotalMinutes:0} minutes";
        if (messages.Where(message => message.Integer(Fields.Code) is not null).MaxBy(message => message.Time) is { } response)
            return $"No final answer: nothing followed {Number(response.Integer(Fields.Code))} {response.Text(Fields.ReasonPhrase)} within {Seconds(call.SetupMs)}";

        Document[] requests = [.. messages.Where(message => message.Text(Fields.Method) == call.Method).OrderBy(message => message.Time)];
        int sent = Ladder.Of(requests).Arrows.Count(arrow => arrow.Message.Address(Fields.SourceIp)?.Equals(call.Source?.Address) == true);
        return sent < 2
            ? $"No answer at all: {call.Method} was sent and nobody replied within {Seconds(call.SetupMs)}"
            : $"No answer at all: {call.Method} was sent {Number(sent)} times in {Seconds((long)requests[^1].Time.Since(requests[0].Time).TotalMilliseconds)} and nobody replied";
    }

    static string Incomplete(CallView call) => call.InviteCount == 0
        ? "Incomplete capture: the request that began this call was not seen"
        : "Incomplete capture: the call went on, but the final answer to its INVITE was not seen";

    static string FinalAnswer(CallView call, IReadOnlyList<Document> messages)
    {
        // The sender of a response stands where it has the most Via values: each proxy on its way back takes one off.
        Document? origin = messages
            .Where(message => message.Integer(Fields.Code) == call.FinalCode && message.Text(Fields.CSeqMethod) == call.Method)
            .OrderByDescending(message => message.Integer(Fields.ViaCount)).ThenByDescending(message => message.Time).FirstOrDefault();
        string answer = $"{Number(call.FinalCode)} {call.ReasonPhrase}".TrimEnd();
        string sender = origin?.Address(Fields.SourceIp) is { } address
            ? $"{(call.ReleasedBy == Side.Callee ? "callee " : "")}{new IPEndPoint(address, (int)(origin.Integer(Fields.SourcePort) ?? 0))} answered "
            : "";
        return $"{sender}{answer} after {Seconds(call.SetupMs)}";
    }

    static string Name(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Busy => "Busy",
        CallOutcome.RingNoAnswer => "Not answered",
        CallOutcome.Unavailable => "Callee unavailable",
        CallOutcome.Declined => "Declined",
        CallOutcome.NumberError => "Wrong number",
        CallOutcome.AuthFailed => "Not allowed",
        CallOutcome.Redirect => "Redirected and not followed",
        CallOutcome.MediaReject => "No common media",
        CallOutcome.Capacity => "No capacity",
        CallOutcome.Timeout => "Timed out",
        CallOutcome.Protocol => "Protocol error",
        CallOutcome.Registered => "Registered",
        CallOutcome.Unregistered => "Unregistered",
        _ => "Server error",
    };

    static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    static string Seconds(long? milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(milliseconds ?? 0);
        return span.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0##} s")
            : span.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{span.Minutes} min {span.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min");
    }
}
