using System.Buffers;
using System.Globalization;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>
/// A scenario for SIPp that plays the caller of the first call again: what was sent is sent, what came is waited for, with the pauses as they were. Only the
/// hop nearest the caller is played, each message once: SIPp sends again by itself.
/// </summary>
sealed class SippExport : MessageExport
{
    const int LongestHop = 128;

    /// <summary>A shorter one is the time a machine takes.</summary>
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    readonly HashSet<string> _played = new(StringComparer.Ordinal);
    string? _callId;
    string _caller = "";
    string _callee = "";
    Instant _last;

    /// <summary>A response that is not written yet: whether SIPp may do without it depends on what follows.</summary>
    string? _expected;

    bool _isProvisional;
    bool _hasFailed;

    public override string MediaType => "application/xml";

    public override void Begin(IBufferWriter<byte> target) => Write(
        target,
        """
        <?xml version="1.0" encoding="ISO-8859-1" ?>
        <!DOCTYPE scenario SYSTEM "sipp.dtd">
        <scenario name="Captured call">

        """);

    public override void Write(Document message, ReadOnlySpan<byte> raw, IBufferWriter<byte> target)
    {
        if (SipReader.Read(raw, out SipMessage sip) != SipRejection.None || sip.CallId.Length > LongestHop)
            return;
        string callId = Encoding.Latin1.GetString(sip.CallId);
        (string from, string to) = (TextExport.End(message, Fields.SourceIp, Fields.SourcePort), TextExport.End(message, Fields.DestinationIp, Fields.DestinationPort));
        if (_callId is null && sip.IsRequest)
            (_callId, _caller, _callee, _last) = (callId, from, to, message.Time);
        bool isSent = from == _caller && to == _callee;
        if (callId != _callId || !(isSent || (from == _callee && to == _caller)) || !_played.Add(Identity(sip, isSent)))
            return;
        if (isSent)
            Send(sip, message.Time, target);
        else
            Expect(sip, target);
        _last = message.Time;
    }

    public override void End(IBufferWriter<byte> target)
    {
        Settle(target, isMoreExpected: false);
        Write(target, "</scenario>\n");
    }

    void Send(in SipMessage sip, Instant time, IBufferWriter<byte> target)
    {
        Settle(target, isMoreExpected: false);
        if (time > _last && time.Since(_last) is var pause && pause >= ShortestPause)
            Write(target, string.Create(CultureInfo.InvariantCulture, $"  <pause milliseconds=\"{(long)pause.TotalMilliseconds}\"/>\n"));
        bool isRepeated = sip.IsRequest && !sip.Method.SequenceEqual("ACK"u8);
        Write(target, $"  <send{(isRepeated ? " retrans=\"500\"" : "")}>\n    <![CDATA[\n");
        foreach (string line in sip.IsRequest ? SippMessage.Request(sip, _hasFailed) : SippMessage.Response(sip))
            Write(target, $"      {line}\n");
        Write(target, "    ]]>\n  </send>\n");
    }

    void Expect(in SipMessage sip, IBufferWriter<byte> target)
    {
        Settle(target, isMoreExpected: true);
        if (sip.IsRequest)
        {
            Write(target, $"  <recv request=\"{Encoding.Latin1.GetString(sip.Method)}\"/>\n");
            return;
        }

        _isProvisional = sip.StatusCode < 200;
        bool isInvite = sip.CSeqMethod.SequenceEqual("INVITE"u8);
        if (isInvite && !_isProvisional)
            _hasFailed = sip.StatusCode >= 300;
        string extra = sip.StatusCode is 401 or 407 ? " auth=\"true\"" : isInvite && sip.StatusCode is > 100 and < 300 ? " rrs=\"true\"" : "";
        _expected = string.Create(CultureInfo.InvariantCulture, $"  <recv response=\"{sip.StatusCode}\"{extra}");
    }

    /// <summary>SIPp takes a response as optional only when another is waited for behind it.</summary>
    void Settle(IBufferWriter<byte> target, bool isMoreExpected)
    {
        if (_expected is not null)
            Write(target, $"{_expected}{(_isProvisional && isMoreExpected ? " optional=\"true\"" : "")}/>\n");
        _expected = null;
    }

    /// <summary>The same message on the same way, however often it was sent.</summary>
    static string Identity(in SipMessage sip, bool isSent) => string.Create(
        CultureInfo.InvariantCulture,
        $"{isSent} {sip.CSeqNumber} {Encoding.Latin1.GetString(sip.IsRequest ? sip.Method : sip.CSeqMethod)} {sip.StatusCode}");

    static void Write(IBufferWriter<byte> target, string text) => Encoding.Latin1.GetBytes(text, target);
}
