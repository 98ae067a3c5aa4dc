using System.Globalization;
using System.Text;

namespace Homer.Search.Tests.Fuzz;

/// <summary>What a reader says of an input, as names and values in order: two readers agree when their facts are the same.</summary>
sealed class Facts
{
    readonly List<(string Name, string Value)> _facts = [];

    /// <summary>What a reader says of an input that it does not accept.</summary>
    internal static Facts Refused { get; } = new Facts().Add("accepted", "no");

    internal Facts Add(string name, string? value)
    {
        _facts.Add((name, value ?? "–"));
        return this;
    }

    internal Facts Add(string name, ReadOnlySpan<byte> octets) => Add(name, Encoding.Latin1.GetString(octets));

    internal Facts Add(string name, long? number) => Add(name, number?.ToString(CultureInfo.InvariantCulture));

    internal Facts Add(string name, double? number) => Add(name, number?.ToString("R", CultureInfo.InvariantCulture));

    internal Facts Add(string name, bool value) => Add(name, value ? "yes" : "no");

    /// <summary>Name and values of the first fact in which two differ; null when they are the same.</summary>
    internal (string Name, string One, string Other)? DifferenceTo(Facts other)
    {
        for (int index = 0; index < Math.Max(_facts.Count, other._facts.Count); index++)
        {
            (string Name, string Value) one = index < _facts.Count ? _facts[index] : ("", "");
            (string Name, string Value) two = index < other._facts.Count ? other._facts[index] : ("", "");
            if (one != two)
                return (one.Name.Length > 0 ? one.Name : two.Name, one.Value, $"{(one.Name == two.Name ? "" : two.Name)} {two.Value}");
        }

        return null;
    }
}
