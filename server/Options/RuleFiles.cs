using Homer.Search.Calls;

namespace Homer.Search.Server.Options;

/// <summary>The files in the folder of rules; one that is not there is the shipped one.</summary>
sealed record RuleFiles
{
    public required RuleFile<CorrelationRules> Correlation { get; init; }

    public IReadOnlyList<RuleFile> All => [Correlation];

    /// <param name="folder">As it was set; null when it was not.</param>
    /// <exception cref="CommandException">Names the file, the line and the column, and what to mend.</exception>
    public static RuleFiles Open(SettingValue? folder)
    {
        if (folder is { } given && !Directory.Exists(given.Text))
            throw CommandException.Usage($"{given.Origin} {given.Text}: there is no such folder; make it, or leave it out for the shipped rules.");
        return new RuleFiles
        {
            Correlation = Open(folder, CorrelationRules.FileName, CorrelationFile.Read, CorrelationRules.Shipped),
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
