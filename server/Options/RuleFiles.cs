using Homer.Search.Calls;
using Homer.Search.Ingest;

namespace Homer.Search.Server.Options;

/// <summary>The files in the folder of rules; one that is not there is the shipped one.</summary>
sealed record RuleFiles
{
    public required RuleFile<CorrelationRules> Correlation { get; init; }

    public required RuleFile<CapturePlan> Capture { get; init; }

    public required RuleFile<AliasTable> Aliases { get; init; }
    public required RuleFile<NumberPlan> Numbers { get; init; }

    public IReadOnlyList<RuleFile> All => [Correlation, Capture, Aliases, Numbers];

    /// <summary>What is added to messages by them.</summary>
    /// <param name="places">Where addresses are; null when it is not known.</param>
    public Enrichment Names(GeoDatabases? places) => new(Aliases, Numbers, places);

    /// <summary>What is in force, in a sentence for each file.</summary>
    public IEnumerable<string> Describe()
    {
        CapturePlan plan = Capture.Current;
        yield return $"{CorrelationRules.FileName}: {Correlation.Current.Rules.Count} rules tie legs together ({Origin(Correlation)}).";
        yield return $"{AliasTable.FileName}: {Aliases.Current.Aliases.Count} aliases ({Origin(Aliases)}).";
        yield return $"{NumberPlan.FileName}: {Numbers.Current.Region ?? "numbers are not read"} ({Origin(Numbers)}).";
        yield return plan.Rules.Count == 0
            ? $"{CapturePlan.FileName}: no capture plan, every message is stored as it comes ({Origin(Capture)})."
            : $"{CapturePlan.FileName}: {string.Join("; ", plan.Rules.Select(static rule => $"{rule.Name}: {rule.Does} when {rule.When}"))} ({Origin(Capture)}).";
    }

    static string Origin(RuleFile file) => file.Path is { } path && File.Exists(path) ? path : "shipped";

    /// <param name="folder">As it was set; null when it was not.</param>
    /// <param name="canRoute">The store has namespaces.</param>
    /// <exception cref="CommandException">Names the file, the line and the column, and what to mend.</exception>
    public static RuleFiles Open(SettingValue? folder, bool canRoute)
    {
        if (folder is { } given && !Directory.Exists(given.Text))
            throw CommandException.Usage($"{given.Origin} {given.Text}: there is no such folder; make it, or leave it out for the shipped rules.");
        return new RuleFiles
        {
            Correlation = Open(folder, CorrelationRules.FileName, CorrelationFile.Read, CorrelationRules.Shipped),
            Capture = Open(folder, CapturePlan.FileName, (file, text) => CapturePlanFile.Read(file, text, canRoute), CapturePlan.None),
            Aliases = Open(folder, AliasTable.FileName, AliasFile.Read, AliasTable.Empty),
            Numbers = Open(folder, NumberPlan.FileName, NumberPlanFile.Read, NumberPlan.None),
        };
    }

    static RuleFile<T> Open<T>(SettingValue? folder, string name, Func<string, TextReader, T> read, T shipped)
        where T : class
    {
        if (folder is not { } given)
            return new RuleFile<T>(shipped);
        string path = Path.Combine(given.Text, name);
        try
        {
            return new RuleFile<T>(path, read, shipped);
        }
        catch (RuleFileException e)
        {
            throw CommandException.Usage(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"{path} cannot be read: {e.Message} Correct --rules or make the file readable.");
        }
    }
}
