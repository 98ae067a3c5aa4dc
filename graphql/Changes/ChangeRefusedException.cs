namespace Homer.Search.Api.Changes;

/// <summary>A change that is not made; the message is for who asked for it: why, and how to mend it.</summary>
sealed class ChangeRefusedException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>For programs, as <c>extensions.code</c>.</summary>
    public string Code { get; } = code;
}
