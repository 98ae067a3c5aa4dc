using YamlDotNet.RepresentationModel;

namespace Homer.Search.Calls;

/// <summary>Reads <c>correlation.yaml</c> strictly: an unknown key, type or value is an error with its place.</summary>
public static class CorrelationFile
{
    /// <summary>The types under which calls keep their identifiers.</summary>
    static readonly string[] Types =
    [
        "call-id", "x-cid", "x-call-id", "x-correlation-id", "session-id", "icid", "replaces", "referred", "cisco-guid", "x-broadworks-correlation-info", "correlation-id",
    ];

    /// <param name="file">Its name in errors.</param>
    /// <exception cref="RuleFileException">It cannot be used.</exception>
    public static CorrelationRules Read(string file, TextReader text) => new Reading(new RuleYaml(file)).Read(text);

    sealed class Reading(RuleYaml yaml)
    {
        public CorrelationRules Read(TextReader text)
        {
            YamlMappingNode root = yaml.Root(text, "rules", "depth", "hub", "around");
            if (RuleYaml.Value(root, "rules") is null)
                throw yaml.Wrong(root, "`rules` is missing.");
            return new CorrelationRules(
                [.. yaml.List(root, "rules", "{ name: x-cid, from: x-cid, to: call-id }").SelectMany(Rule)],
                yaml.Number(root, "depth", 5, 1, 20), yaml.Number(root, "hub", 50, 2, 1000), yaml.Span(root, "around", TimeSpan.FromHours(2)));
        }

        IEnumerable<CorrelationRule> Rule(YamlMappingNode rule)
        {
            yaml.Keys(rule, "name", "from", "to", "suffix", "alike", "enabled");
            string name = yaml.Text(rule, "name") ?? throw yaml.Wrong(rule, "the rule has no `name`.");
            CorrelationRule read = RuleYaml.Value(rule, "alike") is { } alike ? Alike(name, rule, alike) : Shared(name, rule);
            return yaml.Truth(rule, "enabled", usual: true) ? [read] : [];
        }

        SharedIdentifier Shared(string name, YamlMappingNode rule)
        {
            string from = Type(rule, "from") ?? throw yaml.Wrong(rule, $"the rule `{name}` needs `from`, or `alike`.");
            return new SharedIdentifier(name, from, Type(rule, "to") ?? from, yaml.Text(rule, "suffix") ?? "");
        }

        AlikeCalls Alike(string name, YamlMappingNode rule, YamlNode node)
        {
            if (RuleYaml.Value(rule, "from") is not null || RuleYaml.Value(rule, "to") is not null)
                throw yaml.Wrong(rule, $"the rule `{name}` has both `alike` and `from` or `to`; make it two rules.");
            if (node is not YamlMappingNode alike)
                throw yaml.Wrong(node, "`alike` is a mapping like `{ within: 2s, digits: 9 }`.");
            yaml.Keys(alike, "within", "digits");
            return new AlikeCalls(name, yaml.Span(alike, "within", TimeSpan.FromSeconds(2)), yaml.Number(alike, "digits", 9, 4, 15));
        }

        string? Type(YamlMappingNode rule, string key) => yaml.Text(rule, key) is not { } type ? null
            : Types.Contains(type) ? type
            : throw yaml.Wrong(RuleYaml.Value(rule, key)!, $"`{type}` is no identifier; known are {string.Join(", ", Types)}.");
    }
}
