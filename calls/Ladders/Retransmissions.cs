using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// Which messages are retransmissions: the same message again on the same hop from the same agent. A copy on another hop, from another agent,
/// or of the same frame within 2 ms is none.
/// </summary>
public static class Retransmissions
{
    /// <summary>For each of the messages, in any order, whether it is one.</summary>
    public static bool[] Mark(IReadOnlyList<Document> messages)
    {
        HashSet<string> again = [.. Transmission.Of(messages).Where(transmission => transmission.IsRetransmission)
            .SelectMany(transmission => transmission.Copies).Select(copy => copy.Id)];
        return [.. messages.Select(message => again.Contains(message.Id))];
    }
}
