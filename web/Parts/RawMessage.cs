using System.Net;
using System.Text;
using System.Text.Unicode;

namespace Homer.Search.Web.Parts;

/// <summary>Captured bytes as text in a page: everything encoded, the start line and header names emphasised.</summary>
static class RawMessage
{
    /// <summary>UTF-8, or Latin-1 where it is not valid UTF-8; control characters become visible.</summary>
    public static string Html(ReadOnlySpan<byte> bytes)
    {
        string text = (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        var html = new StringBuilder(text.Length * 2);
        bool isHead = true;
        bool isFirst = true;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (!isFirst)
                html.Append('\n');
            if (line.Length == 0)
                isHead = false;
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (isFirst)
                html.Append("<span class=\"request-line\">").Append(Encode(line)).Append("</span>");
            else if (isHead && colon > 0 && line[0] is not (' ' or '\t'))
                html.Append("<b>").Append(Encode(line[..colon])).Append("</b>").Append(Encode(line[colon..]));
            else
                html.Append(Encode(line));
            isFirst = false;
        }

        return html.ToString();
    }

    static string Encode(string text) => WebUtility.HtmlEncode(string.Create(text.Length, text, static (target, source) =>
    {
        for (int index = 0; index < source.Length; index++)
            target[index] = source[index] < ' ' && source[index] != '\t' ? (char)(0x2400 + source[index]) : source[index];
    }));
}
