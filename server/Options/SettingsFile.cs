using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Homer.Search.Server.Options;

/// <summary>
/// Reads <c>homer.yaml</c>: one mapping of setting names to values; a list of values is the same as one value with commas.
/// </summary>
static class SettingsFile
{
    /// <exception cref="CommandException">Names the line and what is wrong with it.</exception>
    public static IReadOnlyDictionary<Setting, string> Read(string path)
    {
        try
        {
            using StreamReader reader = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return yaml.Documents.Count == 0 ? new Dictionary<Setting, string>() : Read(path, yaml.Documents[0].RootNode);
        }
        catch (YamlException e)
        {
            throw CommandException.Usage(
                $"{path}, line {e.Start.Line}: this is no YAML ({e.Message.TrimEnd('.')}); give lines like `http: 127.0.0.1:9080`.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"{path} cannot be read: {e.Message} Correct --config or make the file readable.");
        }
    }

    static Dictionary<Setting, string> Read(string path, YamlNode root)
    {
        if (root is YamlScalarNode { Value: null or "" })
            return [];
        if (root is not YamlMappingNode mapping)
            throw CommandException.Usage($"{path}: the file is no mapping; give lines like `http: 127.0.0.1:9080`.");
        var values = new Dictionary<Setting, string>();
        foreach ((YamlNode key, YamlNode value) in mapping)
        {
            string name = (key as YamlScalarNode)?.Value ?? "";
            Setting setting = Settings.InFile.FirstOrDefault(setting => setting.Name == name)
                ?? throw CommandException.Usage(
                    $"{path}, line {key.Start.Line}: unknown key {name}{Nearest.Hint(name, Settings.InFile.Select(setting => setting.Name))} "
                    + $"Known are {string.Join(", ", Settings.InFile.Select(setting => setting.Name))}.");
            values[setting] = Text(value)
                ?? throw CommandException.Usage(
                    $"{path}, line {value.Start.Line}: {name} takes a value or a list of values, e.g. `{name}: {setting.Default}`.");
        }

        return values;
    }

    static string? Text(YamlNode node) => node switch
    {
        YamlScalarNode scalar => scalar.Value,
        YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode) =>
            string.Join(',', list.Children.Select(child => ((YamlScalarNode)child).Value)),
        _ => null,
    };
}
