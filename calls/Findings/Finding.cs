using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>What went wrong in a call, or deserves a look.</summary>
/// <param name="Name">Of the rule, e.g. <c>missing-ack</c>.</param>
/// <param name="Sentence">What happened, with addresses, codes and times filled in.</param>
/// <param name="Hint">Where to look and how to mend it.</param>
/// <param name="Reference">The rule it offends against.</param>
/// <param name="Messages">The messages that prove it, in the order in which they happened.</param>
public sealed record Finding(
    string Name, Severity Severity, string Sentence, string Hint, RfcSection Reference, IReadOnlyList<Document> Messages);
