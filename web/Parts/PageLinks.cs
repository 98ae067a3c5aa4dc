using System.Text;
using Homer.Search.Store;

namespace Homer.Search.Web.Parts;

/// <summary>What a search page shows, as its address says it: links on the page are changes of it.</summary>
/// <param name="IsCalls">Calls, else messages.</param>
/// <param name="Text">The query as typed.</param>
sealed record SearchAddress(bool IsCalls, string Text, string From, string To)
{
    public const string DefaultFrom = "now-1h";
    public const string DefaultTo = "now+1h";

    public string? After { get; init; }

    /// <summary>The same search narrowed to one value of a field.</summary>
    public SearchAddress With(Field field, string value)
    {
        string narrower = $"{field.Name} : {QueryText.Quote(value)}";
        return this with { Text = string.IsNullOrWhiteSpace(Text) ? narrower : $"({Text}) and {narrower}", After = null };
    }

    public override string ToString()
    {
        var address = new StringBuilder("/search?kind=").Append(IsCalls ? "calls" : "messages");
        Append(address, "q", Text);
        Append(address, "from", From);
        Append(address, "to", To);
        Append(address, "after", After);
        return address.ToString();
    }

    static void Append(StringBuilder address, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            address.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}

/// <summary>Addresses of single things.</summary>
static class PageLinks
{
    public static string Call(string callId) => "/calls/" + Uri.EscapeDataString(callId);

    public static string Registration(string callId) => "/registrations/" + Uri.EscapeDataString(callId);

    public static string Registrations(string? query, string from, string to, string? after = null) =>
        $"/registrations?q={Uri.EscapeDataString(query ?? "")}&from={Uri.EscapeDataString(from)}&to={Uri.EscapeDataString(to)}"
        + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");

    public static string Message(string id) => "/messages/" + id;

    /// <summary>
    /// The last part of a path as it was sent: routing would leave <c>%2F</c> encoded and decode the rest, and a Call-ID may hold either.
    /// </summary>
    public static string Last(string rawTarget, string prefix)
    {
        string path = rawTarget.Split('?', 2)[0];
        int start = path.IndexOf(prefix, StringComparison.Ordinal);
        return start < 0 ? "" : Uri.UnescapeDataString(path[(start + prefix.Length)..]);
    }
}
