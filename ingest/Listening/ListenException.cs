namespace Homer.Search.Ingest;

/// <summary>An address could not be listened on. The message says which, why, and how to mend it.</summary>
public sealed class ListenException(string message, Exception inner) : IOException(message, inner);
