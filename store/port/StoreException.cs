namespace Homer.Search.Store;

/// <summary>A store could not do what was asked. The message says what happened, where, and how to mend it.</summary>
public sealed class StoreException(string message, bool isTransient, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the same call may succeed later (disk full, engine away); false when it never will.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>The engine's own word for what went wrong, e.g. <c>circuit_breaking_exception</c>; null when none came from it.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether the question itself cannot be answered and whoever asked can mend it, e.g. a cursor of another search.</summary>
    public bool IsMistake { get; init; }
}
