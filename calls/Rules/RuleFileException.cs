using System.Globalization;
using YamlDotNet.Core;

namespace Homer.Search.Calls;

/// <summary>A file of rules that cannot be used; says where and how to mend it.</summary>
public sealed class RuleFileException : Exception
{
    public RuleFileException(string file, Mark place, string message, Exception? inner = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"{file}, line {place.Line}, column {place.Column}: {message}"), inner)
    {
        Line = place.Line;
        Column = place.Column;
        Mistake = message;
    }

    /// <summary>What is wrong and how to mend it, without the place.</summary>
    public string Mistake { get; }

    /// <summary>From 1.</summary>
    public long Line { get; }

    /// <summary>From 1.</summary>
    public long Column { get; }
}
