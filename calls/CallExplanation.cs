using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Why a call ended as it did, in one plain English sentence for the top of its page.</summary>
public static class CallExplanation
{
    /// <param name="messages">The call's messages, in any order; may be cut.</param>
    public static string Of(CallView call, IReadOnlyList<Document> messages) => throw new NotImplementedException();
}
