using System.Globalization;
using System.Net;
using Homer.Search.Calls;
using YamlDotNet.RepresentationModel;

namespace Homer.Search.Ingest;

/// <summary>Reads <c>aliases.yaml</c> strictly.</summary>
public static class AliasFile
{
    const int LongestName = 64;

    /// <param name="file">Its name in errors.</param>
    /// <exception cref="RuleFileException">It cannot be used.</exception>
    public static AliasTable Read(string file, TextReader text)
    {
        var yaml = new RuleYaml(file);
        var seen = new HashSet<(IPNetwork, int?, uint?)>();
        return new AliasTable([.. yaml.List(yaml.Root(text, "aliases"), "aliases", "{ name: sbc-west, ip: 198.51.100.0/24 }").Select(node =>
        {
            Alias alias = ReadOne(yaml, node);
            return seen.Add((alias.Network, alias.Port, alias.Agent))
                ? alias
                : throw yaml.Wrong(node, $"{alias.Network} has a name already; give it another port or agent, or leave one out.");
        })]);
    }

    static Alias ReadOne(RuleYaml yaml, YamlMappingNode node)
    {
        yaml.Keys(node, "name", "ip", "port", "agent");
        string name = yaml.Text(node, "name") ?? throw yaml.Wrong(node, "the alias has no `name`.");
        if (name.Length > LongestName || name.Any(char.IsControl))
            throw yaml.Wrong(RuleYaml.Value(node, "name")!, $"`name` has at most {LongestName} characters, on one line.");
        string ip = yaml.Text(node, "ip") ?? throw yaml.Wrong(node, $"the alias `{name}` needs `ip`.");
        int port = yaml.Number(node, "port", 0, 1, ushort.MaxValue);
        uint? agent = yaml.Text(node, "agent") is not { } id ? null
            : uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number
            : throw yaml.Wrong(RuleYaml.Value(node, "agent")!, $"`agent` is a capture agent id, not `{id}`.");
        IPNetwork network = Network(ip) ?? throw yaml.Wrong(RuleYaml.Value(node, "ip")!, $"`{ip}` is no address and no network like 10.0.0.0/8.");
        return new Alias(name, network, port > 0 ? port : null, agent);
    }

    static IPNetwork? Network(string text)
    {
        if (IPNetwork.TryParse(text, out IPNetwork network))
            return network;
        return IPAddress.TryParse(text, out IPAddress? address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}
