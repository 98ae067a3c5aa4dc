using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Everything the rules find in a call.</summary>
public static class CallFindings
{
    internal static IReadOnlyList<FindingRule> Rules { get; } =
    [
        // Somebody does not answer.
        new NoAnswer(), new NoFinalAnswer(), new UnansweredBye(), new UnansweredInDialog(), new MissingAck(), new FailureNotAcknowledged(), new MissingPrack(),
        // It takes too long, or is over too soon.
        new SentAgain(), new SlowFirstResponse(), new LongPostDialDelay(), new AbandonedBeforeRinging(), new EndedAtOnce(),
        // Somebody says no.
        new NoCapacity(), new ServerFailure(), new UnknownNumber(), new CalleeUnavailable(), new PolicyRefusal(), new BadRequest(), new ExtensionRefused(),
        new MethodRefused(), new RedirectNotFollowed(),
        // Who may call.
        new ChallengeNotAnswered(), new WrongCredentials(), new StaleNonce(), new AuthenticationLoop(),
        // The way it went.
        new LoopDetected(), new MaxForwardsNearlyUsed(), new MaxForwardsNotDecreased(), new RequestCameBack(), new FailedOver(),
        // What the two sides agreed on.
        new NoCommonCodec(), new CodecNotOffered(), new DtmfNotAgreed(), new AnswerWithoutSdp(), new OneWayFromStart(), new PrivateMediaAddress(),
        new PrivateContact(), new RewrittenOnTheWay(),
        // What reports say of the voice itself.
        new NoMedia(), new OneWayAudio(), new PoorVoice(), new JitterTooGreat(),
        // The dialog.
        new UnknownDialog(), new Glare(), new AnsweredTwice(), new CancelTooLate(), new SessionTimerExpired(), new SessionIntervalTooSmall(),
        new ReleasedByFailure(), new TransferFailed(),
        // The capture, and what a reader should know.
        new ClocksDisagree(), new OneSidedCapture(), new CutMessage(), new TooLargeForUdp(), new EmergencyCall(), new WeakAttestation(),
    ];

    /// <summary>Names of all rules.</summary>
    public static IReadOnlyList<string> Names => [.. Rules.Select(rule => rule.Name)];

    /// <summary>Names of those that calls are stored with and searched by.</summary>
    public static IReadOnlyList<string> SearchedNames => StoredFindings.Names;

    /// <summary>What is wrong with a call, the gravest first, then in the order in which it happened.</summary>
    /// <param name="messages">The messages of its Call-ID, in any order; may be cut.</param>
    /// <param name="raw">Captured bytes by the message's identifier; without them, rules that need rarer headers find nothing.</param>
    /// <param name="reports">Its quality reports, in any order; without them nothing is said of the voice itself.</param>
    public static IReadOnlyList<Finding> Of(
        CallView call, IReadOnlyList<Document> messages, IReadOnlyDictionary<string, byte[]> raw, IReadOnlyList<Document> reports)
    {
        var evidence = new CallEvidence(call, messages, raw, reports);
        return [.. Rules.SelectMany(rule => rule.Find(evidence))
            .OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Messages.Count == 0 ? call.StartedAt : finding.Messages[0].Time)];
    }
}
