namespace Homer.Search.Store;

/// <summary>A query that cannot be read. The message says what is wrong at which character and, for an unknown field, the nearest one.</summary>
public sealed class QueryException(string message, int position, int length, string? suggestion = null) : Exception(message)
{
    /// <summary>Character at which the mistake begins, from 0.</summary>
    public int Position { get; } = position;

    /// <summary>How many characters it covers; 0 at the end of the text.</summary>
    public int Length { get; } = length;

    /// <summary>What could stand there instead; null when nothing is near.</summary>
    public string? Suggestion { get; } = suggestion;
}
