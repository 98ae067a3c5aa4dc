using Homer.Search.Calls;

namespace Homer.Search.Web.Parts;

/// <summary>Which colour a call has: good, warn (people decided so), bad (the network failed), or none while it goes on.</summary>
static class CallTone
{
    /// <summary>Outcomes for which the network, not a person, is to blame.</summary>
    public static readonly CallOutcome[] Failures =
    [
        CallOutcome.Capacity, CallOutcome.ServerError, CallOutcome.Timeout, CallOutcome.MediaReject, CallOutcome.Protocol, CallOutcome.Dropped,
    ];

    /// <summary>Those outcomes as a query.</summary>
    public static string FailuresQuery => $"call.outcome : ({string.Join(" or ", Failures.Select(outcome => outcome.Word()))})";

    public static string Of(CallView call) => call.Outcome switch
    {
        CallOutcome.Answered or CallOutcome.Registered or CallOutcome.Unregistered or CallOutcome.Accepted => "good",
        CallOutcome.Pending or CallOutcome.Incomplete => "",
        var outcome when Failures.Contains(outcome) => "bad",
        _ => "warn",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "bad",
        Severity.Warning => "warn",
        _ => "",
    };
}
