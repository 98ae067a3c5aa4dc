using System.Text;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>What is to be said of a call in words, for an export that a person reads.</summary>
/// <param name="Explanation">Why it ended as it did.</param>
/// <param name="Findings">What went wrong; with masking only by name, for sentences name people.</param>
/// <param name="Ladder">Of all legs.</param>
public sealed record CallReport(string CallId, string Explanation, IReadOnlyList<string> Findings, Ladder Ladder)
{
    /// <summary>Columns of its ladder.</summary>
    public const int Width = 140;

    /// <param name="messages">Of all its legs.</param>
    /// <param name="raw">Captured bytes of its own messages by identifier.</param>
    /// <param name="reports">Its quality reports.</param>
    public static CallReport Of(
        CallView call, IReadOnlyList<Document> messages, IReadOnlyDictionary<string, byte[]> raw, IReadOnlyList<Document> reports, bool isMasked)
    {
        Document[] own = [.. messages.Where(message => message.Text(Fields.CallId) == call.CallId)];
        return new CallReport(
            call.CallId,
            CallExplanation.Of(call, own),
            [.. CallFindings.Of(call, own, raw, reports).Select(finding => isMasked ? finding.Name : $"{finding.Name}: {finding.Sentence} {finding.Hint} ({finding.Reference})")],
            Ladder.Of(messages));
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(CallId).Append("\n\n").Append(Explanation).Append('\n');
        foreach (string finding in Findings)
            text.Append('\n').Append(finding).Append('\n');
        return text.Append('\n').Append(LadderText.Render(Ladder, Width)).ToString();
    }
}
