using System.Text.RegularExpressions;
using Homer.Search.Store;

namespace Homer.Search.Web.Parts;

/// <summary>What people type into the box, when it is not a query but the thing itself.</summary>
static partial class SearchText
{
    /// <summary>
    /// Bare digits, as in a number read off a display, look for numbers that contain them; anything with an <c>@</c> and no blank looks for a Call-ID too.
    /// Everything else is the query language as it stands.
    /// </summary>
    public static string AsQuery(string text)
    {
        string trimmed = text.Trim();
        if (Digits().IsMatch(trimmed))
            return $"{Fields.RelatedUser.Name} : *{Separators().Replace(trimmed, "").TrimStart('+')}*";
        return CallIdLike().IsMatch(trimmed) ? $"{Fields.CallId.Name} : {QueryText.Quote(trimmed)}" : trimmed;
    }

    /// <summary>At least four digits, with the separators people use.</summary>
    [GeneratedRegex(@"^\+?[0-9][0-9 \-/.()]{2,}[0-9]$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"[^0-9+]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^[^\s:()<>""*]+@[^\s:()<>""*]+$")]
    private static partial Regex CallIdLike();
}
