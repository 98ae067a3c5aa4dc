using System.Globalization;
using System.Net;
using Homer.Search.Protocol;
using Homer.Search.Server.Pcap;

namespace Homer.Search.Server.Scenario;

/// <summary>
/// One call through one proxy, written message by message; each lies on the hop to the caller, on that to the callee, or on both.
/// </summary>
sealed class PlayedCall(Random random, Instant start, CaptureNode node, Party caller, Party callee)
{
    readonly string _callId = $"{random.NextInt64():x16}@{caller.Address.Address}";
    readonly string _fromTag = $"{random.Next():x8}";
    readonly string _toTag = $"{random.Next():x8}";
    readonly int _mediaPort = random.Next(5_000, 30_000) * 2;
    int _cseq;
    string _branch = "";

    public List<CapturedSip> Messages { get; } = [];

    /// <summary>Time a message needs through the proxy.</summary>
    static double Transit => 0.7;

    /// <summary>Begins a transaction of the caller: a new CSeq and branch.</summary>
    public void Begin()
    {
        _cseq++;
        _branch = string.Create(CultureInfo.InvariantCulture, $"{random.Next():x8}{_cseq}");
    }

    /// <summary>The caller's request on its way to the proxy.</summary>
    public void RequestToProxy(double ms, string method, string? authorization = null) =>
        Add(ms, caller.Address, node.Facing(caller), Request(method, caller, node.Facing(caller), hops: 1, authorization));

    /// <summary>The same request as the proxy sends it on.</summary>
    public void RequestToCallee(double ms, string method) =>
        Add(ms, node.Facing(callee), callee.Address, Request(method, caller, callee.Address, hops: 2, null));

    /// <summary>The caller's request on both hops.</summary>
    public void Request(double ms, string method, string? authorization = null)
    {
        RequestToProxy(ms, method, authorization);
        RequestToCallee(ms + Transit, method);
    }

    /// <summary>The proxy's own answer to the caller.</summary>
    public void ResponseOfProxy(double ms, int code, string reason, string method, params ReadOnlySpan<(string Name, string Value)> more) =>
        Add(ms, node.Facing(caller), caller.Address,
            Response(code, reason, method, hops: 1, code > 100, "kamailio (5.6.3 (x86_64/linux))", "", more));

    /// <summary>The callee's answer, to the proxy.</summary>
    public void ResponseToProxy(double ms, int code, string reason, string method, params ReadOnlySpan<(string Name, string Value)> more) =>
        Add(ms, callee.Address, node.Facing(callee),
            Response(code, reason, method, hops: 2, code > 100, callee.UserAgent, Answer(code, method), more));

    /// <summary>The callee's answer, on both hops.</summary>
    public void Response(double ms, int code, string reason, string method, params ReadOnlySpan<(string Name, string Value)> more)
    {
        ResponseToProxy(ms, code, reason, method, more);
        Add(ms + Transit, node.Facing(caller), caller.Address,
            Response(code, reason, method, hops: 1, true, callee.UserAgent, Answer(code, method), more));
    }

    /// <summary>BYE of the callee and the caller's answer to it, on both hops.</summary>
    public void ByeOfCallee(double ms)
    {
        Begin();
        Add(ms, callee.Address, node.Facing(callee), Backward(SipWriter.Request("BYE", Uri(caller, caller.Address)), 1, callee.UserAgent));
        Add(ms + Transit, node.Facing(caller), caller.Address,
            Backward(SipWriter.Request("BYE", Uri(caller, caller.Address)), 2, callee.UserAgent));
        Add(ms + 9, caller.Address, node.Facing(caller), Backward(SipWriter.Response(200, "OK"), 2, caller.UserAgent));
        Add(ms + 9 + Transit, node.Facing(callee), callee.Address, Backward(SipWriter.Response(200, "OK"), 1, caller.UserAgent));
    }

    string Answer(int code, string method) =>
        method == "INVITE" && code is (183 or 200) ? SipWriter.Sdp(callee.Address, _mediaPort + 2, answer: true) : "";

    byte[] Request(string method, Party from, IPEndPoint target, int hops, string? authorization)
    {
        bool inDialog = method is "ACK" or "BYE";
        SipWriter message = SipWriter.Request(method, method == "REGISTER" ? $"sip:{from.Domain}" : Uri(callee, target));
        if (hops == 2)
            message.Via(node.Facing(callee), _branch + "p");
        message.Via(from.Address, _branch)
            .Header("Max-Forwards", hops == 2 ? "69" : "70")
            .Header("From", FromValue)
            .Header("To", ToValue(inDialog, method))
            .Header("Call-ID", _callId)
            .Header("CSeq", $"{_cseq} {method}")
            .Header("Contact", $"<{Uri(from, from.Address)}>")
            .Header("User-Agent", from.UserAgent)
            .Header(method == "REGISTER" ? "Authorization" : "Proxy-Authorization", authorization);
        if (method == "REGISTER")
            message.Header("Expires", "600");
        if (hops == 2)
            message.Header("Record-Route", $"<sip:{node.Facing(callee)};lr>")
                .Header("P-Asserted-Identity", $"<sip:{from.User}@{from.Domain}>");
        if (method != "INVITE")
            return message.End();
        return message.Header("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, PRACK").Header("Supported", "100rel, timer, replaces")
            .End(SipWriter.Sdp(from.Address, _mediaPort, answer: false));
    }

    byte[] Response(
        int code, string reason, string method, int hops, bool tagged, string server, string body,
            ReadOnlySpan<(string Name, string Value)> more)
    {
        SipWriter message = SipWriter.Response(code, reason);
        if (hops == 2)
            message.Via(node.Facing(callee), _branch + "p");
        message.Via(caller.Address, _branch)
            .Header("From", FromValue)
            .Header("To", ToValue(tagged, method))
            .Header("Call-ID", _callId)
            .Header("CSeq", $"{_cseq} {method}")
            .Header("Contact", body.Length > 0 ? $"<{Uri(callee, callee.Address)}>" : null)
            .Header("Server", server);
        foreach ((string name, string value) in more)
            message.Header(name, value);
        return message.End(body);
    }

    /// <summary>Ends a message of a transaction that the callee began: its From is the caller's To.</summary>
    byte[] Backward(SipWriter message, int hops, string agent)
    {
        if (hops == 2)
            message.Via(node.Facing(caller), _branch + "p");
        return message.Via(callee.Address, _branch).Header("From", ToValue(true, "BYE")).Header("To", FromValue).Header("Call-ID", _callId)
            .Header("CSeq", $"{_cseq} BYE").Header("User-Agent", agent).End();
    }

    string FromValue => $"\"{caller.DisplayName}\" <sip:{caller.User}@{caller.Domain}>;tag={_fromTag}";

    string ToValue(bool tagged, string method) =>
        (method == "REGISTER" ? $"<sip:{caller.User}@{caller.Domain}>" : $"<sip:{callee.User}@{callee.Domain}>") + (
            tagged ? $";tag={_toTag}" : "");

    static string Uri(Party party, IPEndPoint host) => $"sip:{party.User}@{host}";

    void Add(double ms, IPEndPoint from, IPEndPoint to, byte[] payload)
    {
        var flow = new Flow(
            Flow.Address(from.Address.GetAddressBytes()), (ushort)from.Port, Flow.Address(to.Address.GetAddressBytes()), (ushort)to.Port);
        Messages.Add(new CapturedSip(start.Plus(TimeSpan.FromMilliseconds(ms)), TransportProtocol.Udp, flow, null, payload));
    }
}
