using Homer.Search.Protocol.Json;

namespace Homer.Search.Tests.Fuzz;

/// <summary>JSON of agents: logs, call detail records, anything.</summary>
sealed class JsonTarget : FuzzTarget
{
    internal override string Name => "json";

    internal override IEnumerable<byte[]> Seeds =>
    [
        Octets("""{"a":1,"b":{"c":"x\u00e9\n","d":[1,2.5e3,true,{"e":null}],"d":[]},"f":"\ud83d\ude00"}"""),
        Octets("""[{"msg":"call-id: a@b","level":-0.1},{"sip_call_id":"x"}]"""),
        Octets("\"Session-Id\":\"a;b\",\"x\":{\"y\":false}"),
        Octets("{\"q\":\"\xe9\"}"),
        .. RtcpJsonTarget.Reports,
    ];

    internal override IReadOnlyList<string> Words { get; } =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\u00e9", "\\ud83d", "\\ude00", "\\n", "\\/", "\"a\":", "\"call_id\":\"x\"", "null", "true", "false", "1e9", "-0", "0.5",
        "//x\n", "/* x */", ",}", " ", "\0", "\xff", "\xc3\xa9", "[[[[[[[[", "{\"a\":{\"a\":{\"a\":",
    ];

    internal override Facts Read(byte[] input) => Of(JsonLeaves.Read(input).Select(static leaf => (leaf.Path, leaf.Text, leaf.Holder)));

    internal override Facts? Reread(byte[] input) => SlowJson.Read(input) is { } leaves ? Of(leaves) : null;

    static Facts Of(IEnumerable<(string Path, string Text, int Holder)> leaves)
    {
        var facts = new Facts();
        foreach ((string path, string text, int holder) in leaves)
            facts.Add("path", path).Add("text", text).Add("holder", holder);
        return facts;
    }
}
