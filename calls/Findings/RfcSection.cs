using System.Globalization;

namespace Homer.Search.Calls;

/// <summary>Where the rule that was broken is written down.</summary>
/// <param name="Rfc">Number of the RFC.</param>
/// <param name="Section">Number of the section, e.g. <c>13.3.1.4</c>.</param>
public readonly record struct RfcSection(int Rfc, string Section)
{
    /// <summary>The section's address at the RFC editor.</summary>
    public Uri Link => new(string.Create(CultureInfo.InvariantCulture, $"https://www.rfc-editor.org/rfc/rfc{Rfc}#section-{Section}"));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"RFC {Rfc} §{Section}");
}
