using System.Text;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>What is to be said of a call in words, for an export that a person reads.</summary>
/// <param name="Explanation">Why it ended as it did.</param>
/// <param name="Findings">What went wrong; with masking only by name, for sentences name people.</param>
/// <param name="Drawing">The ladder of all legs, in characters.</param>
public sealed record CallReport(string CallId, string Explanation, IReadOnlyList<string> Findings, string Drawing)
{
    /// <summary>Messages of which one is made; more are not read for it. The call page stops there too.</summary>
    public const int MostMessages = 2000;

    /// <summary>Columns of its ladder.</summary>
    const int Width = 140;

    /// <param name="messages">Of all its legs, oldest first; those beyond <see cref="MostMessages"/> are left out, and it says so.</param>
    /// <param name="raw">Captured bytes of its own messages by identifier.</param>
    /// <param name="reports">Its quality reports.</param>
    public static CallReport Of(
        CallView call, IReadOnlyList<Document> messages, IReadOnlyDictionary<string, byte[]> raw, IReadOnlyList<Document> reports, bool isMasked)
    {
        Document[] drawn = [.. messages.Take(MostMessages)];
        string rest = drawn.Length < messages.Count ? $"Only the first {MostMessages} messages are drawn.\n" : "";
        Document[] own = [.. drawn.Where(message => message.Text(Fields.CallId) == call.CallId)];
        return new CallReport(
            call.CallId,
            CallExplanation.Of(call, own),
            [.. CallFindings.Of(call, own, raw, reports).Select(finding => isMasked ? finding.Name : $"{finding.Name}: {finding.Sentence} {finding.Hint} ({finding.Reference})")],
            LadderText.Render(Ladder.Of(drawn), Width) + rest);
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(CallId).Append("\n\n").Append(Explanation).Append('\n');
        foreach (string finding in Findings)
            text.Append('\n').Append(finding).Append('\n');
        return text.Append('\n').Append(Drawing).ToString();
    }
}
