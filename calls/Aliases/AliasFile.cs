using System.Globalization;
using System.Net;
using System.Text;
using YamlDotNet.RepresentationModel;

namespace Homer.Search.Calls;

/// <summary>Reads <c>aliases.yaml</c> strictly, and writes it.</summary>
public static class AliasFile
{
    const int LongestName = 64;

    const string Head = """
        # What addresses are called. Written by a change over GraphQL; it may be edited here as well.
        aliases:

        """;

    /// <summary>In a file written here, the aliases stand behind these, a line each.</summary>
    static readonly int HeadLines = Head.Count(static letter => letter == '\n');

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

    /// <summary>What <see cref="Read"/> gives back as the same aliases, when they can be.</summary>
    public static string Write(IEnumerable<WrittenAlias> aliases)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (WrittenAlias alias in aliases)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {{ name: {Quoted(alias.Name)}, ip: {Quoted(alias.Ip)}");
            if (alias.Port is { } port)
                text.Append(CultureInfo.InvariantCulture, $", port: {port}");
            if (alias.Agent is { } agent)
                text.Append(CultureInfo.InvariantCulture, $", agent: {agent}");
            text.Append(" }\n");
        }

        return text.ToString();
    }

    /// <summary>Which alias of a written file a mistake is in, from 0.</summary>
    public static int IndexOf(RuleFileException mistake) => (int)mistake.Line - HeadLines - 1;

    /// <summary>On one line, whatever stands in it.</summary>
    static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune letter in text.EnumerateRunes())
        {
            if (letter.Value is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (Rune.IsControl(letter) || letter.Value is 0x2028 or 0x2029 or 0xfeff)
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{letter.Value:x4}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
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
