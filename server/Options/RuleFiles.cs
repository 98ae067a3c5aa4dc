using Homer.Search.Calls;

namespace Homer.Search.Server.Options;

/// <summary>Reads the files in the folder of rules; a file that is not there is the shipped one.</summary>
static class RuleFiles
{
    /// <param name="folder">As it was set; null when it was not.</param>
    /// <exception cref="CommandException">Names the file, the line and the column, and what to mend.</exception>
    public static CorrelationRules Correlation(SettingValue? folder)
    {
        if (folder is not { } given)
            return CorrelationRules.Shipped;
        if (!Directory.Exists(given.Text))
            throw CommandException.Usage($"{given.Origin} {given.Text}: there is no such folder; make it, or leave it out for the shipped rules.");
        string path = Path.Combine(given.Text, CorrelationRules.FileName);
        if (!File.Exists(path))
            return CorrelationRules.Shipped;
        try
        {
            using StreamReader text = File.OpenText(path);
            return CorrelationFile.Read(path, text);
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
