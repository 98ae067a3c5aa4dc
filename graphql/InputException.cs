namespace Homer.Search.Api;

/// <summary>An argument that cannot be used. The message is for the person who gave it: what is wrong and how to mend it.</summary>
public sealed class InputException(string argument, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The argument, by its GraphQL name.</summary>
    public string Argument { get; } = argument;
}
