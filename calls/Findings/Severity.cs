namespace Homer.Search.Calls;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong by itself.</summary>
    Info,

    /// <summary>It works, or worked this time, and will not always.</summary>
    Warning,

    /// <summary>It made the call fail or suffer.</summary>
    Error,
}
