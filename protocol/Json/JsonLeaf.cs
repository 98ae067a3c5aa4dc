namespace Homer.Search.Protocol.Json;

/// <summary>One string, number or truth value of a JSON text.</summary>
/// <param name="Path">Names on the way to it joined by dots; elements of an array add none.</param>
/// <param name="Text">Its value, a string unescaped.</param>
/// <param name="Holder">Number of the object it stands in, counted as they begin: leaves of one object share it.</param>
public readonly record struct JsonLeaf(string Path, string Text, int Holder)
{
    /// <summary>The last name of the path.</summary>
    public ReadOnlySpan<char> Name => Path.AsSpan(Path.LastIndexOf('.') + 1);
}
