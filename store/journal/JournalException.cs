namespace Homer.Search.Journal;

/// <summary>A journal cannot be opened. The message says what is wrong, where, and how to mend it.</summary>
public sealed class JournalException(string message, Exception? inner = null) : Exception(message, inner);
