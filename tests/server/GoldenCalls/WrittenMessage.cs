using System.Globalization;
using System.Text;

namespace Homer.Search.Tests.Server.GoldenCalls;

/// <summary>A SIP message that is being written, and on which hop it goes.</summary>
sealed record WrittenMessage(Party From, Party To, string StartLine)
{
    public long Milliseconds { get; init; }

    public List<(string Name, string Value)> Headers { get; init; } = [];

    public string Body { get; set; } = "";

    public bool IsRequest => !StartLine.StartsWith("SIP/2.0 ", StringComparison.Ordinal);

    /// <summary>0 for a request.</summary>
    public int Code => IsRequest ? 0 : int.Parse(StartLine.AsSpan(8, 3), CultureInfo.InvariantCulture);

    /// <summary>Of CSeq.</summary>
    public string Method => this["CSeq"].Split(' ')[1];

    /// <summary>The first value of a header; empty when there is none.</summary>
    public string this[string name] => Headers.Find(header => header.Name == name).Value ?? "";

    /// <summary>Whether it is what a word of the notation means: a method, or a status code.</summary>
    public bool Is(string word) => word.Length == 0 || (IsRequest ? Method : StartLine[8..11]) == word;

    public IEnumerable<(string Name, string Value)> All(params string[] names) => Headers.Where(header => names.Contains(header.Name));

    public byte[] Bytes()
    {
        var text = new StringBuilder(StartLine).Append("\r\n");
        foreach ((string name, string value) in Headers)
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return Encoding.UTF8.GetBytes(text.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n\r\n{Body}").ToString());
    }
}

/// <summary>Somebody who takes part in a call.</summary>
/// <param name="Address">Address and port.</param>
/// <param name="Agent">What it calls itself.</param>
sealed record Party(string Name, string Address, string Agent);
