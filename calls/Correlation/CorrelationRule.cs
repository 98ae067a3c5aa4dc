using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Says which calls belong together.</summary>
/// <param name="Name">Shown to people who ask why.</param>
public abstract record CorrelationRule(string Name)
{
    /// <summary>Where legs that belong to <paramref name="call"/> are to be looked for.</summary>
    public abstract IEnumerable<Lead> Leads(Document call);

    /// <summary>The values of which the call has at least one in common with any other that the rule ties to it, whichever of the two it is.</summary>
    public abstract IEnumerable<string> Shared(Document call);
}

/// <summary>One call carries an identifier that the other has: of the same type, or its Call-ID, perhaps with a suffix.</summary>
/// <param name="From">Type of the identifier on the one.</param>
/// <param name="To">Type of the identifier on the other.</param>
/// <param name="Suffix">What stands behind the value on the other.</param>
public sealed record SharedIdentifier(string Name, string From, string To, string Suffix) : CorrelationRule(Name)
{
    const string CallIdType = "call-id";

    public override IEnumerable<Lead> Leads(Document call)
    {
        foreach (string value in Values(call, From))
            yield return new Lead(Name, $"{From}={value}", Has(To, value + Suffix));
        // The other way round the two are the same question when nothing tells them apart.
        if (From == To && Suffix.Length == 0)
            yield break;
        foreach (string value in Values(call, To).Where(value => value.Length > Suffix.Length && value.EndsWith(Suffix, StringComparison.Ordinal)))
            yield return new Lead(Name, $"{From}={value[..^Suffix.Length]}", Has(From, value[..^Suffix.Length]));
    }

    public override IEnumerable<string> Shared(Document call) => Values(call, From).Concat(
        Values(call, To).Where(value => value.Length > Suffix.Length && value.EndsWith(Suffix, StringComparison.Ordinal)).Select(value => value[..^Suffix.Length]));

    static IEnumerable<string> Values(Document call, string type) => type == CallIdType
        ? [call.Text(Fields.CallId) ?? call.Id]
        : from identifier in call.Many(Fields.Identifiers)
          where identifier.Length > type.Length + 1 && identifier[type.Length] == '=' && identifier.StartsWith(type, StringComparison.Ordinal)
          select identifier[(type.Length + 1)..];

    static Query.Equal Has(string type, string value) =>
        type == CallIdType ? new Query.Equal(Fields.CallId, value) : new Query.Equal(Fields.Identifiers, $"{type}={value}");
}

/// <summary>A guess: calls of the same two numbers that began together, where the one was sent from where the other arrived.</summary>
/// <param name="Within">How far apart they may begin.</param>
/// <param name="Digits">How many of the last digits of both numbers must agree.</param>
public sealed record AlikeCalls(string Name, TimeSpan Within, int Digits) : CorrelationRule(Name)
{
    public override IEnumerable<Lead> Leads(Document call)
    {
        if (Last(call.Text(Fields.Caller)) is not { } caller || Last(call.Text(Fields.Callee)) is not { } callee)
            yield break;

        Query[] alike =
        [
            new Query.Wildcard(Fields.Caller, new WildcardPattern(["", caller])),
            new Query.Wildcard(Fields.Callee, new WildcardPattern(["", callee])),
            new Query.Range(Fields.Timestamp, call.Time.Plus(-Within), FromIncluded: true, call.Time.Plus(Within), ToIncluded: true),
        ];
        List<Query> neighbours = [];
        if (call.Address(Fields.DestinationIp) is { } arrived)
            neighbours.Add(new Query.Equal(Fields.SourceIp, arrived));
        if (call.Address(Fields.SourceIp) is { } sent)
            neighbours.Add(new Query.Equal(Fields.DestinationIp, sent));
        if (neighbours.Count > 0)
            yield return new Lead(Name, $"numbers={caller},{callee}", new Query.And([.. alike, new Query.Or(neighbours)]));
    }

    public override IEnumerable<string> Shared(Document call) =>
        Last(call.Text(Fields.Caller)) is { } caller && Last(call.Text(Fields.Callee)) is { } callee ? [$"{caller},{callee}"] : [];

    string? Last(string? number)
    {
        string digits = string.Concat((number ?? "").Where(char.IsAsciiDigit));
        return digits.Length < Digits ? null : digits[^Digits..];
    }
}
