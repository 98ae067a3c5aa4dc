using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Homer.Search.Calls;

/// <summary>Reads the YAML of a rule file strictly: what is not expected is an error with its place.</summary>
/// <param name="file">Its name in errors.</param>
public sealed class RuleYaml(string file)
{
    /// <summary>The mapping that the file is; without keys when it says nothing.</summary>
    /// <exception cref="RuleFileException">It is no YAML, no mapping, or has a key that is not known.</exception>
    public YamlMappingNode Root(TextReader text, params ReadOnlySpan<string> known)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(text);
        }
        catch (YamlException e)
        {
            throw new RuleFileException(file, e.Start, $"this is no YAML ({e.Message.TrimEnd('.')}).", e);
        }

        if (yaml.Documents is [] or [{ RootNode: YamlScalarNode { Value: null or "" } }])
            return [];
        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }, ..])
            throw new RuleFileException(file, new Mark(0, 1, 1), $"the file must be a mapping with {Words(known)}.");
        Keys(root, known);
        return root;
    }

    /// <summary>The mappings of a list; none when it is left out.</summary>
    /// <param name="example">What one of them looks like.</param>
    public IEnumerable<YamlMappingNode> List(YamlMappingNode node, string key, string example)
    {
        if (Value(node, key) is not { } list)
            return [];
        if (list is YamlScalarNode { Value: null or "" })
            return [];
        return (list as YamlSequenceNode ?? throw Wrong(list, $"`{key}` must be a list.")).Children.Select(child =>
            child as YamlMappingNode ?? throw Wrong(child, $"each of `{key}` is a mapping like `{example}`."));
    }

    public void Keys(YamlMappingNode node, params ReadOnlySpan<string> known)
    {
        foreach ((YamlNode key, _) in node)
        {
            if (!known.Contains((key as YamlScalarNode)?.Value ?? ""))
                throw Wrong(key, $"unknown key `{key}`; known are {string.Join(", ", known!)}.");
        }
    }

    /// <summary>One value; null when the key is left out.</summary>
    public string? Text(YamlMappingNode node, string key) => Value(node, key) switch
    {
        null => null,
        YamlScalarNode { Value: { Length: > 0 } text } => text,
        var other => throw Wrong(other, $"`{key}` needs one value."),
    };

    /// <summary>One value or a list of them; empty when the key is left out.</summary>
    public IReadOnlyList<string> Texts(YamlMappingNode node, string key) => Value(node, key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select(child => child is YamlScalarNode { Value: { Length: > 0 } text }
            ? text
            : throw Wrong(child, $"each of `{key}` needs one value."))],
        _ => [Text(node, key)!],
    };

    public bool Truth(YamlMappingNode node, string key, bool usual) => Text(node, key) switch
    {
        null => usual,
        "true" => true,
        "false" => false,
        var other => throw Wrong(Value(node, key)!, $"`{key}` is true or false, not `{other}`."),
    };

    public int Number(YamlMappingNode node, string key, int usual, int least, int most)
    {
        if (Text(node, key) is not { } text)
            return usual;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw Wrong(Value(node, key)!, $"`{key}` is a number from {least} to {most}, not `{text}`.");
    }

    public TimeSpan Span(YamlMappingNode node, string key, TimeSpan usual)
    {
        if (Text(node, key) is not { } text)
            return usual;
        bool isNumber = int.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return (isNumber ? text[^1] : ' ') switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => throw Wrong(Value(node, key)!, $"`{key}` is a time like 2s, 5m, 24h or 2d, not `{text}`."),
        };
    }

    public static YamlNode? Value(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

    public RuleFileException Wrong(YamlNode node, string message) => new(file, node.Start, message);

    /// <param name="character">Where in the value, from 0; meant for a value that stands on one line.</param>
    public RuleFileException Wrong(YamlNode node, int character, string message)
    {
        int quote = node is YamlScalarNode { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } ? 1 : 0;
        bool isOneLine = node.End.Line == node.Start.Line;
        return new(file, isOneLine ? new Mark(0, node.Start.Line, node.Start.Column + quote + character) : node.Start, message);
    }

    static string Words(ReadOnlySpan<string> known) => known.Length == 1 ? $"the key {known[0]}" : $"the keys {string.Join(", ", known!)}";
}
