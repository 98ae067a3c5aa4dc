namespace Homer.Search.Calls;

/// <summary>
/// Which findings a summary is stored with, so that they can be searched: those that follow from the facts alone. Like the facts they do not depend on the
/// order in which messages came, and a later message may take a finding back. What a rule needs the messages themselves for is found on the call's page only.
/// </summary>
/// <remarks>The rules are those of <see cref="CallFindings"/>, by name; tests hold every call against both.</remarks>
static class StoredFindings
{
    /// <summary>Names of the rules, in the order in which they are stored.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. RefusalFindings.Rules.Select(rule => rule.Name), .. SilenceFindings.Rules.Select(rule => rule.Name), .. CourseFindings.Rules.Select(rule => rule.Name)];

    static readonly int FirstSilence = RefusalFindings.Rules.Length;
    static readonly int FirstCourse = FirstSilence + SilenceFindings.Rules.Length;

    /// <param name="Now">What the messages show, a bit for each of the <see cref="Names"/>.</param>
    /// <param name="WhenSilent">What they will show if nothing follows them.</param>
    public readonly record struct Sets(ulong Now, ulong WhenSilent);

    public static Sets Of(CallFacts facts, CallSummary summary)
    {
        var call = new FactEvidence(facts, summary);
        (ulong now, ulong whenSilent) = (0, 0);
        foreach (Exchange exchange in call.Exchanges)
        {
            // Who got a 2xx was neither refused nor kept waiting.
            if (exchange.Success is not null)
                continue;
            for (int rule = 0; rule < RefusalFindings.Rules.Length && exchange.Failure is { } failure; rule++)
                now |= RefusalFindings.Rules[rule].Holds(exchange, failure.Key.Code) ? 1UL << rule : 0;
            for (int rule = 0; rule < SilenceFindings.Rules.Length; rule++)
            {
                ulong finding = 1UL << (FirstSilence + rule);
                if (SilenceFindings.Rules[rule].Since(call, exchange) is not { } since)
                    continue;
                if (call.HasPassed(since.Wait, since.Begin))
                    now |= finding;
                else
                    whenSilent |= finding;
            }
        }

        for (int rule = 0; rule < CourseFindings.Rules.Length; rule++)
            now |= CourseFindings.Rules[rule].Holds(call) ? 1UL << (FirstCourse + rule) : 0;
        return new Sets(now, whenSilent & ~now);
    }
}
