using System.Globalization;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>
/// A document's identity: capture time, journal and place in it. Unique, ordered by time, and the same on every replay.
/// Written as 16 hex digits of nanoseconds, 8 of the journal and 16 of the position.
/// </summary>
public readonly record struct DocumentId(Instant Time, uint Journal, long Position)
{
    const int Length = 16 + 8 + 16;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time.Nanoseconds:x16}{Journal:x8}{Position:x16}");

    /// <summary>False when the text is not 40 hex digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DocumentId id)
    {
        id = default;
        if (text.Length != Length
            || !long.TryParse(text[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long time)
            || !uint.TryParse(text[16..24], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint journal)
            || !long.TryParse(text[24..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long position))
            return false;

        id = new DocumentId(new Instant(time), journal, position);
        return true;
    }
}
