namespace Homer.Search.Calls;

/// <summary>
/// What the way in says of a message and its call keeps: stands among the call's identifiers as <c>type=value</c>, but ties no legs together.
/// </summary>
public static class Labels
{
    public const string Tag = "tag=";
    public const string Carrier = "carrier=";
}
