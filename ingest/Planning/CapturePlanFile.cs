using System.Globalization;
using System.Text.RegularExpressions;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Store;
using YamlDotNet.RepresentationModel;

namespace Homer.Search.Ingest;

/// <summary>Reads <c>capture.yaml</c> strictly: an unknown key, field or value is an error with its place.</summary>
public static class CapturePlanFile
{
    const int LongestName = 64;

    static readonly string[] Actions = ["drop", "keep", "sample", "tag", "mask", "agent", "carrier", "namespace"];

    /// <summary>Without these a message could neither be cut out of its payload nor be found.</summary>
    static readonly string[] Unmaskable = ["Call-ID", "Content-Length", "Content-Type", "CSeq", "Via"];

    /// <param name="file">Its name in errors.</param>
    /// <param name="canRoute">The store has namespaces.</param>
    /// <exception cref="RuleFileException">It cannot be used.</exception>
    public static CapturePlan Read(string file, TextReader text, bool canRoute = true)
    {
        var yaml = new RuleYaml(file);
        YamlMappingNode root = yaml.Root(text, "rules", "call-ids");
        return new CapturePlan([.. new Reading(yaml, canRoute).Rules(root)]) { CallIds = CallIds(yaml, root) };
    }

    static LogCallId CallIds(RuleYaml yaml, YamlMappingNode root)
    {
        IReadOnlyList<string> patterns = yaml.Texts(root, "call-ids");
        if (patterns.Count == 0)
            return LogCallId.Usual;
        try
        {
            if (patterns.FirstOrDefault(static pattern => new Regex(pattern).GetGroupNumbers().Length < 2) is { } bare)
                throw yaml.Wrong(RuleYaml.Value(root, "call-ids")!, $"`{bare}` has no group (…) that says where the Call-ID stands.");
            return new LogCallId([.. patterns, .. LogCallId.Defaults]);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw yaml.Wrong(RuleYaml.Value(root, "call-ids")!, $"a pattern cannot be used: {e.Message}");
        }
    }

    sealed class Reading(RuleYaml yaml, bool canRoute)
    {
        readonly HashSet<string> _names = [];

        public IEnumerable<CaptureRule> Rules(YamlMappingNode root) =>
            yaml.List(root, "rules", "{ name: pings, when: 'method : OPTIONS', drop: true }").Select(Rule);

        CaptureRule Rule(YamlMappingNode node)
        {
            yaml.Keys(node, ["name", "kind", "when", .. Actions]);
            string name = yaml.Text(node, "name") ?? throw yaml.Wrong(node, "the rule has no `name`.");
            if (!IsWord(name))
                throw Wrong(node, "name", $"`{name}` is no name: give letters, digits, `-`, `_` and `.`, at most {LongestName}.");
            if (!_names.Add(name))
                throw Wrong(node, "name", $"there is a rule `{name}` already; counters need names of their own.");
            if (!Actions.Any(action => RuleYaml.Value(node, action) is not null))
                throw yaml.Wrong(node, $"the rule `{name}` does nothing; give {string.Join(", ", Actions[..^1])} or {Actions[^1]}.");
            DocumentKind kind = Kind(node);
            string when = yaml.Text(node, "when") ?? throw yaml.Wrong(node, $"the rule `{name}` needs `when`; `'*'` is every message.");
            return new CaptureRule(name, kind, when, When(node, when, kind))
            {
                End = End(node, name),
                Sample = Share(node),
                Tags = [.. yaml.Texts(node, "tag").Select(tag => Word(node, "tag", tag))],
                Mask = RuleYaml.Value(node, "mask") is { } mask ? Mask(mask, kind) : null,
                Agent = yaml.Text(node, "agent") is { } agent ? Word(node, "agent", agent) : null,
                Carrier = yaml.Text(node, "carrier") is { } carrier ? Word(node, "carrier", carrier) : null,
                Namespace = yaml.Text(node, "namespace") is { } space ? Space(node, space) : null,
            };
        }

        string Space(YamlMappingNode node, string space)
        {
            if (!canRoute)
                throw Wrong(node, "namespace", "the embedded store is one namespace; set `tag` or `carrier` instead and search by it, or give --store an engine.");
            return Namespaces.IsName(space)
                ? space
                : throw Wrong(node, "namespace", $"`{space}` is no namespace: give lower-case letters, digits and _.");
        }

        DocumentKind Kind(YamlMappingNode node) => yaml.Text(node, "kind") switch
        {
            null or "sip" => DocumentKind.Sip,
            "log" => DocumentKind.Log,
            "qos" => DocumentKind.Qos,
            var other => throw Wrong(node, "kind", $"`kind` is sip, log or qos, not `{other}`."),
        };

        RowPredicate When(YamlMappingNode node, string when, DocumentKind kind)
        {
            if (when.Trim() == "*")
                return static (_, _) => true;
            try
            {
                return QueryPredicate.Compile(QueryLanguage.Parse(when, kind, Instant.Now(TimeProvider.System)), kind);
            }
            catch (QueryException e)
            {
                throw yaml.Wrong(RuleYaml.Value(node, "when")!, e.Position, $"`when`: {e.Message}");
            }
        }

        RuleEnd End(YamlMappingNode node, string name)
        {
            bool drops = yaml.Truth(node, "drop", usual: false);
            bool keeps = yaml.Truth(node, "keep", usual: false);
            return (drops, keeps) switch
            {
                (true, true) => throw Wrong(node, "keep", $"the rule `{name}` has both `drop` and `keep`; make it two rules."),
                (true, _) => RuleEnd.Drop,
                (_, true) => RuleEnd.Keep,
                _ => RuleEnd.None,
            };
        }

        double? Share(YamlMappingNode node)
        {
            if (yaml.Text(node, "sample") is not { } text)
                return null;
            return text.EndsWith('%')
                && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) && share is > 0 and < 100
                ? share / 100
                : throw Wrong(node, "sample", $"`sample` is the share of calls that is kept, e.g. 10%, not `{text}`.");
        }

        PayloadMask Mask(YamlNode node, DocumentKind kind)
        {
            if (kind == DocumentKind.Qos)
                throw yaml.Wrong(node, "a quality report has nothing to mask; drop it instead.");
            if (node is not YamlMappingNode mask)
                throw yaml.Wrong(node, "`mask` is a mapping like `{ digits: 4, headers: [X-Secret], body: true }`.");
            yaml.Keys(mask, "digits", "headers", "body");
            IReadOnlyList<string> headers = yaml.Texts(mask, "headers");
            if (kind != DocumentKind.Sip && headers.Count > 0)
                throw Wrong(mask, "headers", "only SIP messages have headers.");
            foreach (string header in headers)
            {
                if (Unmaskable.Contains(header, StringComparer.OrdinalIgnoreCase))
                    throw Wrong(mask, "headers", $"`{header}` cannot be masked: without it a message is neither cut out of its packet nor found.");
            }

            int digits = yaml.Text(mask, "digits") == "all" ? int.MaxValue : yaml.Number(mask, "digits", 0, 1, 64);
            bool body = yaml.Truth(mask, "body", usual: false);
            return digits > 0 || headers.Count > 0 || body ? new PayloadMask(digits, headers, body) : throw yaml.Wrong(mask, "`mask` masks nothing.");
        }

        string Word(YamlMappingNode node, string key, string text) => IsWord(text)
            ? text
            : throw Wrong(node, key, $"`{text}` is no word for `{key}`: give letters, digits, `-`, `_` and `.`, at most {LongestName}.");

        RuleFileException Wrong(YamlMappingNode node, string key, string message) => yaml.Wrong(RuleYaml.Value(node, key)!, message);

        static bool IsWord(string text) =>
            text.Length is > 0 and <= LongestName && text.All(static letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.');
    }
}
