using System.Text;

namespace Homer.Search.Tests.Fuzz;

/// <summary>One reader of the product, and a slow one that was written by the specification and shares no code with it.</summary>
abstract class FuzzTarget
{
    internal abstract string Name { get; }

    /// <summary>Real inputs, from which others are made.</summary>
    internal abstract IEnumerable<byte[]> Seeds { get; }

    /// <summary>What the format is made of: put in and left out more often than chance would.</summary>
    internal abstract IReadOnlyList<string> Words { get; }

    /// <summary>Octets of the longest input tried.</summary>
    internal virtual int Longest => 2048;

    /// <summary>What the product reads.</summary>
    internal abstract Facts Read(byte[] input);

    /// <summary>The same read slowly; null where that reader cannot say.</summary>
    internal abstract Facts? Reread(byte[] input);

    internal static byte[] Octets(string text) => Encoding.Latin1.GetBytes(text);

    internal static string Text(ReadOnlySpan<byte> octets) => Encoding.Latin1.GetString(octets);
}
