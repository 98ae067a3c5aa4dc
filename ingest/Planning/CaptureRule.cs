using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>One rule of the capture plan: which messages, and what becomes of them.</summary>
/// <param name="Name">Its name in counters and errors.</param>
/// <param name="Kind">The documents it is about.</param>
/// <param name="When">Which of them, in KQL.</param>
/// <param name="Matches">The same, compiled.</param>
public sealed record CaptureRule(string Name, DocumentKind Kind, string When, RowPredicate Matches)
{
    public RuleEnd End { get; init; }

    /// <summary>The share of calls that is kept, 0 to 1; null keeps all.</summary>
    public double? Sample { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];
    public PayloadMask? Mask { get; init; }

    /// <summary>What the capture agent is called instead.</summary>
    public string? Agent { get; init; }

    public string? Carrier { get; init; }

    /// <summary>The namespace where it is stored instead of the store's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>What it does, in words for people.</summary>
    public string Does => string.Join(", ", Words());

    IEnumerable<string> Words()
    {
        if (End == RuleEnd.Drop)
            yield return "drop";
        if (Sample is { } share)
            yield return FormattableString.Invariant($"sample {share * 100:0.###}%");
        if (Tags.Count > 0)
            yield return $"tag {string.Join(' ', Tags)}";
        if (Mask is { } mask)
            yield return $"mask {string.Join(' ', Masked(mask))}";
        if (Agent is not null)
            yield return $"agent {Agent}";
        if (Carrier is not null)
            yield return $"carrier {Carrier}";
        if (Namespace is not null)
            yield return $"namespace {Namespace}";
        if (End == RuleEnd.Keep)
            yield return "keep";
    }

    static IEnumerable<string> Masked(PayloadMask mask)
    {
        if (mask.Digits > 0)
            yield return mask.Digits == int.MaxValue ? "all digits" : FormattableString.Invariant($"{mask.Digits} digits");
        foreach (string header in mask.Headers)
            yield return header;
        if (mask.Body)
            yield return "body";
    }
}

/// <summary>Whether a rule ends the plan for a message.</summary>
public enum RuleEnd
{
    /// <summary>The next rules are asked.</summary>
    None,

    /// <summary>It is not stored.</summary>
    Drop,

    /// <summary>It is stored, whatever the next rules say.</summary>
    Keep,
}
