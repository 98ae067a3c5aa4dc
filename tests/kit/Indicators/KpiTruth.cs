using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using Homer.Search.Tests.Stores;
using Xunit;

namespace Homer.Search.Tests.Indicators;

/// <summary>
/// Every indicator computed slowly, one call at a time, out of what a person reads of each: what the tally of a store is held to.
/// </summary>
public static class KpiTruth
{
    static readonly Dictionary<string, Func<CallKpi, bool>> Counts = new()
    {
        ["calls"] = static call => call.IsCall,
        ["attempts"] = static call => call.IsAttempt,
        ["answered"] = static call => call.IsEstablished,
        ["pending"] = static call => call.IsPending,
        ["incomplete"] = static call => call.IsIncomplete,
        ["registrations"] = static call => call.IsRegistration,
    };

    /// <summary>Numerator and denominator; the numerator is not asked when the call is not in the denominator.</summary>
    static readonly Dictionary<string, (Func<CallKpi, int> Numerator, Func<CallKpi, int> Denominator)> Ratios = new()
    {
        ["asr"] = (static call => call.IsEstablished ? 1 : 0, static call => call.IsAttempt ? 1 : 0),
        ["abr"] = (static call => call.IsEstablished ? 1 : 0, static call => call.IsAttempt ? 1 : 0),
        ["ner"] = (static call => call.IsNetworkEffective ? 1 : 0, static call => call.IsAttempt ? 1 : 0),
        ["ser"] = (static call => call.IsEstablished ? 1 : 0, static call => (call.IsAttempt && !call.IsRedirect) ? 1 : 0),
        ["seer"] = (static call => call.IsEffective ? 1 : 0, static call => (call.IsAttempt && !call.IsRedirect) ? 1 : 0),
        ["serRfc"] = (static call => call.IsEstablished ? 1 : 0, static call => call.IsAttempt ? call.Requests - call.Redirects : 0),
        ["seerRfc"] = (static call => call.IsEffective ? 1 : 0, static call => call.IsAttempt ? call.Requests - call.Redirects : 0),
        ["isa"] = (static call => call.IsIneffective ? 1 : 0, static call => call.IsAttempt ? 1 : 0),
        ["scr"] = (static call => call.IsCompleted ? 1 : 0, static call => (call.IsAttempt && !call.GoesOn) ? 1 : 0),
        ["failRate"] = (static call => call.IsNetworkFailure ? 1 : 0, static call => (call.IsAttempt && call is { IsRedirect: false, IsAuthFailure: false }) ? 1 : 0),
        ["pgrr"] = (static call => (call.PostDialDelayMs is not null) ? 1 : 0, static call => call.IsAttempt ? 1 : 0),
        ["ccr"] = (static call => call.IsNormallyReleased ? 1 : 0, static call => (call.IsEstablished && !call.GoesOn) ? 1 : 0),
        ["shortCalls"] = (static call => (call.ConversationMs < 6000) ? 1 : 0, static call => (call.IsEstablished && !call.GoesOn) ? 1 : 0),
        ["ira"] = (static call => call.IsIneffectiveRegistration ? 1 : 0, static call => call.IsRegistration ? 1 : 0),
        ["iraRfc"] = (static call => call.IsIneffectiveRegistration ? 1 : 0, static call => call.IsRegistration ? call.Requests : 0),
    };

    static readonly Dictionary<string, Func<CallKpi, long?>> Delays = new()
    {
        ["pdd"] = static call => call.PostDialDelayMs,
        ["srd"] = static call => call.SessionRequestDelayMs,
        ["srdFailed"] = static call => call.FailedSessionRequestDelayMs,
        ["sdd"] = static call => call.SessionDisconnectDelayMs,
        ["sdt"] = static call => call.SessionDurationMs,
        ["sdtFailed"] = static call => call.FailedSessionDurationMs,
        ["acd"] = static call => call.ConversationMs,
        ["mht"] = static call => call.HoldingMs,
        ["rrd"] = static call => call.RegistrationRequestDelayMs,
    };

    /// <summary>The tally has all indicators of these calls.</summary>
    public static void Check(IEnumerable<Document> documents, Instant now, KpiTally tally)
    {
        CallKpi[] calls = [.. documents.Select(document => CallKpi.Of(new CallView(document, now)))];
        Assert.All(Kpis.Counts, kpi => Assert.Equal(calls.Count(Counts[kpi.Name]), tally[kpi]));
        Assert.All(Kpis.Ratios, kpi => Assert.Equal(Of(calls, Ratios[kpi.Name]), tally[kpi]));
        Assert.All(Kpis.Delays, kpi => Check([.. calls.Select(Delays[kpi.Name]).OfType<long>().Order()], tally[kpi]));
    }

    static Ratio Of(CallKpi[] calls, (Func<CallKpi, int> Numerator, Func<CallKpi, int> Denominator) ratio)
    {
        CallKpi[] counted = [.. calls.Where(call => ratio.Denominator(call) > 0)];
        return new Ratio(counted.Sum(ratio.Numerator), counted.Sum(ratio.Denominator));
    }

    static void Check(long[] sorted, Delays delays)
    {
        Assert.Equal((sorted.Length, sorted.Sum(), sorted.LastOrDefault()), (delays.Count, delays.Sum, delays.Maximum));
        foreach (double share in Search.Calls.Delays.Shares)
        {
            if (sorted.Length == 0)
                Assert.Null(delays.Percentile(share));
            else
                Assert.InRange(delays.Percentile(share)!.Value, MeasureAssert.Lowest(sorted, share), MeasureAssert.Highest(sorted, share));
        }
    }
}
