using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>One captured SIP message.</summary>
public sealed class Message : Captured
{
    readonly Document _document;
    readonly MessageList _list;
    readonly int _index;

    internal Message(MessageList list, int index)
        : base(list.Documents[index])
    {
        _list = list;
        _index = index;
        _document = list.Documents[index];
    }

    [FromCatalogue("sip.method")]
    public string? Method => _document.Text(Fields.Method);

    [FromCatalogue("sip.code")]
    public int? Code => (int?)_document.Integer(Fields.Code);

    [FromCatalogue("sip.status")]
    public string? Reason => _document.Text(Fields.ReasonPhrase);

    [FromCatalogue("sip.from.uri.username")]
    public string? FromUser => _document.Text(Fields.FromUser);

    [FromCatalogue("sip.to.uri.username")]
    public string? ToUser => _document.Text(Fields.ToUser);

    [FromCatalogue("sip.uri.username")]
    public string? RequestUser => _document.Text(Fields.UriUser);

    [FromCatalogue("user_agent.original")]
    public string? UserAgent => _document.Text(Fields.UserAgent);

    /// <summary>In a few words: `INVITE +4930123` of a request, `486 Busy Here` of a response.</summary>
    public string Summary
    {
        get
        {
            if (Code is { } code)
                return string.Create(CultureInfo.InvariantCulture, $"{code} {Reason}").TrimEnd();
            return Method is null ? "not SIP" : $"{Method} {RequestUser ?? _document.Text(Fields.UriHost)}".TrimEnd();
        }
    }

    /// <summary>The same message again on the same hop from the same agent.</summary>
    public Task<bool> Retransmission(CancellationToken cancellation) => _list.IsRetransmissionAsync(_index, cancellation);

    /// <summary>The message as text: UTF-8, or Latin-1 where it is not valid UTF-8. Null when retention has taken it.</summary>
    public async Task<string?> Raw(CancellationToken cancellation) => await RawAsync(cancellation) is { } bytes ? Text(bytes) : null;

    /// <summary>The message byte for byte, in base64. Null when retention has taken it.</summary>
    public async Task<string?> RawBase64(CancellationToken cancellation) =>
        await RawAsync(cancellation) is { } bytes ? Convert.ToBase64String(bytes) : null;

    /// <summary>Its header fields in order, compact names written out.</summary>
    /// <param name="name">Only those of this name, in any case.</param>
    public async Task<IReadOnlyList<Header>> Headers(string? name, CancellationToken cancellation) =>
        await RawAsync(cancellation) is { } bytes ? Header.Read(bytes, name) : [];

    /// <summary>The session description in its body; null when there is none.</summary>
    public async Task<Sdp?> Sdp(CancellationToken cancellation) => await RawAsync(cancellation) is { } bytes ? Schema.Sdp.Read(bytes) : null;

    internal static string Text(ReadOnlySpan<byte> bytes) => (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);

    Task<byte[]?> RawAsync(CancellationToken cancellation) => _list.RawAsync(_index, cancellation);
}
