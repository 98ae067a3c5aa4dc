namespace Homer.Search.Calls;

/// <summary>Looks for one thing in the messages of a call.</summary>
/// <param name="name">Searchable and never changed: lower case, parted by hyphens.</param>
/// <param name="reference">The section that says how it should be.</param>
/// <param name="hint">Where to look and how to mend it, in one sentence.</param>
abstract class FindingRule(string name, Severity severity, RfcSection reference, string hint)
{
    public string Name => name;

    public Severity Severity => severity;

    public RfcSection Reference => reference;

    public string Hint => hint;

    /// <summary>One finding for each time it happened; a rule tells a thing once, however many hops show it.</summary>
    public abstract IEnumerable<Finding> Find(CallEvidence call);

    protected Finding Found(string sentence, params IEnumerable<Transmission?> proof) => new(
        name, severity, sentence, hint, reference, [.. proof.OfType<Transmission>().Select(transmission => transmission.Message).Distinct()]);
}
