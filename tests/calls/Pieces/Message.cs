using System.Globalization;
using System.Net;
using System.Text;
using Homer.Search.Calls;
using Homer.Search.Protocol;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Calls;

/// <summary>A captured SIP message to be, with names that differ from test to test and defaults for the rest.</summary>
sealed record Message(double Milliseconds, string From, string To, string StartLine)
{
    public static readonly Instant Epoch = new(1_790_000_000_000_000_000);

    public string CallId { get; init; } = "a84b4c76e66710@pc33.example.com";
    public long CSeq { get; init; } = 1;
    public string CSeqMethod { get; init; } = "INVITE";
    public string Branch { get; init; } = "z9hG4bK776asdhds";
    public string FromTag { get; init; } = "1928301774";
    public string? ToTag { get; init; }
    public int ViaCount { get; init; } = 1;
    public string Caller { get; init; } = "sip:alice@example.com";
    public string Callee { get; init; } = "sip:bob@example.net";
    public string Headers { get; init; } = "";
    public string Body { get; init; } = "";
    public uint AgentId { get; init; } = 2001;
    public string Agent { get; init; } = "edge-1";
    public string CorrelationId { get; init; } = "";
    public TransportProtocol Transport { get; init; } = TransportProtocol.Udp;

    public Instant Time => new(Epoch.Nanoseconds + (long)Math.Round(Milliseconds * Instant.NanosecondsPerMillisecond));

    public bool IsRequest => !StartLine.StartsWith("SIP/2.0", StringComparison.Ordinal);

    public byte[] Bytes()
    {
        var text = new StringBuilder();
        text.Append(StartLine).Append("\r\n");
        for (int via = 0; via < ViaCount; via++)
            text.Append(CultureInfo.InvariantCulture, $"Via: SIP/2.0/UDP 192.0.2.{via};branch={(via == 0 ? Branch : $"z9hG4bKbehind{via}")}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"From: <{Caller}>{Tag(FromTag)}\r\nTo: <{Callee}>{Tag(ToTag)}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Call-ID: {CallId}\r\nCSeq: {CSeq} {CSeqMethod}\r\n{Headers}Content-Length: {Body.Length}\r\n\r\n{Body}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    public void AddTo(CallFold fold, long position, TimeSpan now = default)
    {
        byte[] bytes = Bytes();
        Assert.Equal(SipRejection.None, SipReader.Read(bytes, out SipMessage sip));
        IPEndPoint source = IPEndPoint.Parse(From);
        IPEndPoint destination = IPEndPoint.Parse(To);
        fold.Add(new CapturedMessage
        {
            Sip = sip,
            Size = bytes.Length,
            Time = Time,
            Position = position,
            CaptureAgentId = AgentId,
            AgentName = Encoding.UTF8.GetBytes(Agent),
            CorrelationId = Encoding.UTF8.GetBytes(CorrelationId),
            Transport = Transport,
            SourceAddress = source.Address.GetAddressBytes(),
            DestinationAddress = destination.Address.GetAddressBytes(),
            SourcePort = (ushort)source.Port,
            DestinationPort = (ushort)destination.Port,
        }, now);
    }

    static string Tag(string? tag) => tag is null ? "" : $";tag={tag}";
}
