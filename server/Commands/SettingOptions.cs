using System.Collections;
using System.CommandLine;
using Homer.Search.Server.Options;

namespace Homer.Search.Server.Commands;

/// <summary>The server's settings as options of a command.</summary>
sealed class SettingOptions
{
    readonly Dictionary<Setting, Option<string>> _options = [];

    /// <summary>Gives the command these settings; the configuration file always.</summary>
    public SettingOptions(Command command, params IReadOnlyList<Setting> settings)
    {
        foreach (Setting setting in settings.Append(Settings.Config).Distinct())
        {
            var option = new Option<string>(setting.OptionName)
            {
                Description = $"{setting.Description} Default: {setting.Default}.",
                HelpName = setting.Form,
            };
            _options.Add(setting, option);
            command.Options.Add(option);
        }
    }

    /// <exception cref="CommandException">A setting that cannot be.</exception>
    public ServerOptions Read(ParseResult result)
    {
        Dictionary<Setting, string> given = [];
        foreach ((Setting setting, Option<string> option) in _options)
        {
            if (result.GetValue(option) is { } text)
                given.Add(setting, text);
        }

        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        return ServerOptions.From(SettingValues.Read(given, environment, Environment.CurrentDirectory));
    }
}
