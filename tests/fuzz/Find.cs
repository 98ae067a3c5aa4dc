namespace Homer.Search.Tests.Fuzz;

/// <summary>An input that a reader does not survive, or of which two readers say different things.</summary>
/// <param name="Kind"><c>crash</c> or <c>difference</c>.</param>
/// <param name="Key">Of finds with one key only the first is kept.</param>
/// <param name="Detail">For the person who mends it.</param>
sealed record Find(string Kind, string Key, string Detail, byte[] Input);
