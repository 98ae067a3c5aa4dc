namespace Homer.Search.Calls;

/// <summary>A finding that follows from the code by which a request was refused.</summary>
/// <param name="Name">Of the rule.</param>
sealed record RefusalFinding(string Name, Func<Exchange, int, bool> Holds);

/// <summary>Findings by the code of a refusal (RFC 3261 §21).</summary>
static class RefusalFindings
{
    public static RefusalFinding[] Rules { get; } =
    [
        new("no-capacity", static (_, code) => code is 503),
        new("server-failure", static (_, code) => code is >= 500 and < 600 and not (501 or 503 or 513)),
        new("unknown-number", static (_, code) => code is 404 or 410 or 484 or 485 or 604),
        new("callee-unavailable", static (exchange, code) => code is 480 && !exchange.Rang),
        new("policy-refusal", static (exchange, code) => code is 402 or 403 or 607 or 608 && !exchange.Request.Has(MessageMarks.Credentials)),
        new("bad-request", static (_, code) => code is 400 or 413 or 414 or 416 or 493 or 494 or 505 or 513),
        new("extension-refused", static (_, code) => code is 420 or 421),
        new("method-refused", static (_, code) => code is 405 or 501),
        new("stale-nonce", static (exchange, _) => exchange.Failure is { } challenge && challenge.Has(MessageMarks.Stale)),
        new("loop", static (_, code) => code is 482 or 483),
        new("no-common-codec", static (_, code) => code is 415 or 488 or 580 or 606),
        new("unknown-dialog", static (exchange, code) => code is 481 && exchange.Method != Method.Cancel),
        new("glare", static (_, code) => code is 491),
        new("session-interval-too-small", static (_, code) => code is 422),
        new("failure-not-acknowledged", static (exchange, _) => exchange is { Method: Method.Invite, IsAcknowledged: false, FinalCount: > 1 }),
    ];
}
