using System.Globalization;
using System.Text;

namespace Homer.Search.Store.DuckDb;

/// <summary>SQL under construction with the values it refers to: a value never becomes part of the text.</summary>
sealed class SqlText
{
    readonly StringBuilder _text = new();
    readonly List<object> _values = [];

    public ReadOnlySpan<object> Values => _values.ToArray();

    public SqlText Add(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>Keeps a value and returns the name by which the text refers to it.</summary>
    public string Value(object value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
    }

    public override string ToString() => _text.ToString();
}
