using System.Globalization;
using Homer.Search.Calls;
using YamlDotNet.RepresentationModel;

namespace Homer.Search.Ingest;

/// <summary>Reads the file of <c>hep-keys</c> strictly. Its errors show no key.</summary>
public static class AgentKeysFile
{
    const string Example = "{ agent: 2001, key: something long }";

    /// <param name="file">Its name in errors.</param>
    /// <exception cref="RuleFileException">It cannot be used.</exception>
    public static AgentKeys Read(string file, TextReader text)
    {
        var yaml = new RuleYaml(file);
        YamlMappingNode root = yaml.Root(text, "agents");
        var keys = new Dictionary<uint, IReadOnlyList<string>>();
        foreach (YamlMappingNode node in yaml.List(root, "agents", Example))
        {
            yaml.Keys(node, "agent", "key");
            uint agent = Id(yaml, node);
            IReadOnlyList<string> own = yaml.Texts(node, "key");
            if (own.Count == 0)
                throw yaml.Wrong(node, $"agent {agent} has no `key`.");
            if (!keys.TryAdd(agent, own))
                throw yaml.Wrong(node, $"agent {agent} has a key already; give it a list of keys.");
        }

        return keys.Count > 0 ? new AgentKeys(keys) : throw yaml.Wrong(root, $"the file names no agent; give `agents:` a list of `{Example}`.");
    }

    static uint Id(RuleYaml yaml, YamlMappingNode node)
    {
        string text = yaml.Text(node, "agent") ?? throw yaml.Wrong(node, "the entry has no `agent`, its capture agent id.");
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint agent)
            ? agent
            : throw yaml.Wrong(RuleYaml.Value(node, "agent")!, $"`agent` is a capture agent id, not `{text}`.");
    }
}
