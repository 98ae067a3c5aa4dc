using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>What is declared in <c>rules/correlation.yaml</c>.</summary>
/// <param name="Depth">How many calls away from the one that was asked for legs are looked for.</param>
/// <param name="Hub">An identifier that more calls have ties none of them.</param>
/// <param name="Around">How far legs of one session may begin apart.</param>
public sealed record CorrelationRules(IReadOnlyList<CorrelationRule> Rules, int Depth, int Hub, TimeSpan Around)
{
    /// <summary>Where the file lies in the folder of rules.</summary>
    public const string FileName = "correlation.yaml";

    /// <summary>Those that are shipped.</summary>
    public static CorrelationRules Shipped { get; } = ReadShipped();

    /// <summary>Where further legs of a call are to be looked for, each place once.</summary>
    public IEnumerable<Lead> Leads(Document call) => Rules.SelectMany(rule => rule.Leads(call)).DistinctBy(lead => lead.Where.ToString());

    static CorrelationRules ReadShipped()
    {
        using Stream resource = typeof(CorrelationRules).Assembly.GetManifestResourceStream(FileName)!;
        using var text = new StreamReader(resource);
        return CorrelationFile.Read(FileName, text);
    }
}
