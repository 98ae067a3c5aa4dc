namespace Homer.Search.Server.Options;

/// <param name="Origin">Where it was set, as an error names it: <c>--http</c>, <c>HOMER_HTTP</c> or <c>homer.yaml: http</c>.</param>
readonly record struct SettingValue(string Text, string Origin);

/// <summary>What was set, from all three places: the command line before the environment before the file.</summary>
sealed class SettingValues
{
    readonly Dictionary<Setting, SettingValue> _values = [];

    /// <summary>Puts the places together.</summary>
    /// <param name="folder">Where <c>homer.yaml</c> is looked for when no file is named.</param>
    /// <exception cref="CommandException">A variable or key that is none, or a file that cannot be read.</exception>
    public static SettingValues Read(
        IReadOnlyDictionary<Setting, string> commandLine, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var values = new SettingValues();
        foreach ((Setting setting, string text) in commandLine)
            values._values[setting] = new SettingValue(text, setting.OptionName);
        values.AddEnvironment(environment);
        if (values.Given(Settings.Config) is { } file)
            values.AddFile(Path.Combine(folder, file.Text));
        else if (Path.Combine(folder, "homer.yaml") is var usual && File.Exists(usual))
            values.AddFile(usual);
        return values;
    }

    public SettingValue this[Setting setting] => Given(setting) ?? new SettingValue(setting.Default, setting.OptionName);

    public SettingValue? Given(Setting setting) => _values.TryGetValue(setting, out SettingValue value) ? value : null;

    void AddEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        foreach ((string name, string text) in environment)
        {
            // HOMER_TEST_… and HOMER_RENEW_… steer the tests, which start servers that inherit them.
            if (!name.StartsWith(Settings.VariablePrefix, StringComparison.Ordinal)
                || name.StartsWith("HOMER_TEST_", StringComparison.Ordinal) || name.StartsWith("HOMER_RENEW_", StringComparison.Ordinal))
            {
                continue;
            }

            Setting setting = Settings.All.FirstOrDefault(setting => setting.VariableName == name)
                ?? throw CommandException.Usage(
                    $"{name} is set but is no setting{Nearest.Hint(name, Settings.All.Select(setting => setting.VariableName))} Unset it or correct its name.");
            _values.TryAdd(setting, new SettingValue(text, name));
        }
    }

    void AddFile(string path)
    {
        foreach ((Setting setting, string text) in SettingsFile.Read(path))
            _values.TryAdd(setting, new SettingValue(text, $"{path}: {setting.Name}"));
    }
}
