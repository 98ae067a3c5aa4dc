namespace Homer.Search.Store;

/// <summary>Where a value without a field is looked for.</summary>
public static class DefaultFields
{
    /// <summary>
    /// In this order; a number field only takes numbers, an address field only addresses and networks. Described in <c>docs/query-language.md</c>.
    /// </summary>
    public static IReadOnlyList<Field> Of(DocumentKind kind) => kind switch
    {
        DocumentKind.Sip => [Fields.CallId, Fields.RelatedUser, Fields.Method, Fields.UserAgent, Fields.Code, Fields.RelatedIp],
        DocumentKind.Call =>
            [Fields.CallId, Fields.RelatedUser, Fields.Caller, Fields.Callee, Fields.CallMethod, Fields.UserAgent, Fields.Code, Fields.RelatedIp],
        _ => [Fields.Text, Fields.CallId, Fields.RelatedIp],
    };
}
