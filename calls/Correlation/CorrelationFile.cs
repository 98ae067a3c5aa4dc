using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Homer.Search.Calls;

/// <summary>Reads <c>correlation.yaml</c> strictly: an unknown key, type or value is an error with its place.</summary>
public static class CorrelationFile
{
    /// <summary>The types under which calls keep their identifiers.</summary>
    static readonly string[] Types =
    [
        "call-id", "x-cid", "x-call-id", "x-correlation-id", "session-id", "icid", "replaces", "cisco-guid", "x-broadworks-correlation-info", "correlation-id",
    ];

    /// <param name="file">Its name in errors.</param>
    /// <exception cref="RuleFileException">It cannot be used.</exception>
    public static CorrelationRules Read(string file, TextReader text) => new Reading(file).Read(text);

    sealed class Reading(string file)
    {
        public CorrelationRules Read(TextReader text)
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

            if (yaml.Documents is not [{ RootNode: YamlMappingNode root }, ..])
                throw new RuleFileException(file, new Mark(0, 1, 1), "the file must be a mapping with the keys rules, depth, hub and around.");
            Keys(root, "rules", "depth", "hub", "around");
            YamlNode rules = Value(root, "rules") ?? throw Wrong(root, "`rules` is missing.");
            return new CorrelationRules(
                [.. (rules as YamlSequenceNode ?? throw Wrong(rules, "`rules` must be a list.")).Children.SelectMany(Rule)],
                Number(root, "depth", 5, 1, 20), Number(root, "hub", 50, 2, 1000), Span(root, "around", TimeSpan.FromHours(2)));
        }

        IEnumerable<CorrelationRule> Rule(YamlNode node)
        {
            if (node is not YamlMappingNode rule)
                throw Wrong(node, "a rule is a mapping like `{ name: x-cid, from: x-cid, to: call-id }`.");
            Keys(rule, "name", "from", "to", "suffix", "alike", "enabled");
            string name = Text(rule, "name") ?? throw Wrong(rule, "the rule has no `name`.");
            CorrelationRule read = Value(rule, "alike") is { } alike ? Alike(name, rule, alike) : Shared(name, rule);
            return Enabled(rule) ? [read] : [];
        }

        SharedIdentifier Shared(string name, YamlMappingNode rule)
        {
            string from = Type(rule, "from") ?? throw Wrong(rule, $"the rule `{name}` needs `from`, or `alike`.");
            return new SharedIdentifier(name, from, Type(rule, "to") ?? from, Text(rule, "suffix") ?? "");
        }

        AlikeCalls Alike(string name, YamlMappingNode rule, YamlNode node)
        {
            if (Value(rule, "from") is not null || Value(rule, "to") is not null)
                throw Wrong(rule, $"the rule `{name}` has both `alike` and `from` or `to`; make it two rules.");
            if (node is not YamlMappingNode alike)
                throw Wrong(node, "`alike` is a mapping like `{ within: 2s, digits: 9 }`.");
            Keys(alike, "within", "digits");
            return new AlikeCalls(name, Span(alike, "within", TimeSpan.FromSeconds(2)), Number(alike, "digits", 9, 4, 15));
        }

        string? Type(YamlMappingNode rule, string key) => Text(rule, key) is not { } type ? null
            : Types.Contains(type) ? type
            : throw Wrong(Value(rule, key)!, $"`{type}` is no identifier; known are {string.Join(", ", Types)}.");

        bool Enabled(YamlMappingNode rule) => Text(rule, "enabled") switch
        {
            null or "true" => true,
            "false" => false,
            var other => throw Wrong(Value(rule, "enabled")!, $"`enabled` is true or false, not `{other}`."),
        };

        int Number(YamlMappingNode node, string key, int usual, int least, int most)
        {
            if (Text(node, key) is not { } text)
                return usual;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : throw Wrong(Value(node, key)!, $"`{key}` is a number from {least} to {most}, not `{text}`.");
        }

        TimeSpan Span(YamlMappingNode node, string key, TimeSpan usual)
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

        void Keys(YamlMappingNode node, params ReadOnlySpan<string> known)
        {
            foreach ((YamlNode key, _) in node)
            {
                if (!known.Contains((key as YamlScalarNode)?.Value ?? ""))
                    throw Wrong(key, $"unknown key `{key}`; known are {string.Join(", ", known!)}.");
            }
        }

        string? Text(YamlMappingNode node, string key) => Value(node, key) switch
        {
            null => null,
            YamlScalarNode { Value: { Length: > 0 } text } => text,
            var other => throw Wrong(other, $"`{key}` needs one value."),
        };

        static YamlNode? Value(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? value) ? value : null;

        RuleFileException Wrong(YamlNode node, string message) => new(file, node.Start, message);
    }
}
