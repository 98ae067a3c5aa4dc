namespace Homer.Search.Server;

/// <summary>
/// A command cannot go on. The message is one line for the person at the terminal: what happened, where, and how to mend it.
/// </summary>
sealed class CommandException(string message, int exitCode) : Exception(message)
{
    /// <summary>A failure of what was asked.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage, or an address that is taken.</summary>
    public const int WrongUsage = 2;

    public int ExitCode { get; } = exitCode;

    public static CommandException Usage(string message) => new(message, WrongUsage);

    public static CommandException Failure(string message) => new(message, Failed);
}
