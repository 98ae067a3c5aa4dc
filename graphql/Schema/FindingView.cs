using GraphQL;
using Homer.Search.Calls;

namespace Homer.Search.Api.Schema;

/// <summary>What went wrong in a call, or deserves a look.</summary>
[Name("Finding")]
public sealed class FindingView
{
    readonly Finding _finding;

    internal FindingView(Finding finding, IReadOnlyDictionary<string, Message> messages)
    {
        _finding = finding;
        Messages = [.. finding.Messages.Select(message => messages[message.Id])];
    }

    /// <summary>Of the rule, e.g. `missing-ack`.</summary>
    public string Name => _finding.Name;

    /// <summary>How much it matters.</summary>
    public Severity Severity => _finding.Severity;

    /// <summary>What happened, with addresses, codes and times filled in.</summary>
    public string Sentence => _finding.Sentence;

    /// <summary>Where to look and how to mend it.</summary>
    public string Hint => _finding.Hint;

    /// <summary>The rule it offends against, e.g. `RFC 3261 §13.3.1.4`.</summary>
    public string Reference => _finding.Reference.ToString();

    /// <summary>Where that can be read.</summary>
    public string Link => _finding.Reference.Link.ToString();

    /// <summary>The messages that prove it, in the order in which they happened.</summary>
    public IReadOnlyList<Message> Messages { get; }
}
