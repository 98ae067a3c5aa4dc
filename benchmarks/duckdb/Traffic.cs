using System.Globalization;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Benchmarks.DuckDb;

/// <summary>Rows of calls as a proxy reports them: seven messages a call, calls interleaved, numbers and tags of the usual shapes.</summary>
sealed class Traffic(Instant start, int messagesPerSecond)
{
    const int MessagesPerCall = 7;
    const int Interleaved = 500;

    static readonly string[] Types = ["request", "response", "response", "response", "request", "request", "response"];
    static readonly string[] Methods = ["INVITE", "", "", "", "ACK", "BYE", ""];
    static readonly string[] CSeqMethods = ["INVITE", "INVITE", "INVITE", "INVITE", "ACK", "BYE", "BYE"];
    static readonly long[] Codes = [0, 100, 180, 200, 0, 0, 200];
    static readonly string[] Reasons = ["", "Trying", "Ringing", "OK", "", "", "OK"];

    long _next;

    public long Position => _next * 8;

    public static string CallId(long call) => string.Create(CultureInfo.InvariantCulture, $"{(ulong)call * 0x9E3779B97F4A7C15:x16}-{call % 977}@10.{call % 4}.0.{call % 50}");

    public static string Caller(long call) => string.Create(CultureInfo.InvariantCulture, $"+4930{(ulong)call * 2654435761 % 10_000_000:D7}");

    /// <summary>Fills the batch and tells which calls began and which ended.</summary>
    public void Fill(DocumentBatch batch, List<long> began, List<long> ended)
    {
        while (!batch.IsFull)
        {
            long message = _next++;
            int phase = (int)(message / Interleaved % MessagesPerCall);
            long call = (message / (Interleaved * MessagesPerCall) * Interleaved) + (message % Interleaved);
            if (phase == 0)
                began.Add(call);
            if (phase == MessagesPerCall - 1)
                ended.Add(call);
            Add(batch, message, call, phase);
        }
    }

    public Instant TimeOf(long message) => new(start.Nanoseconds + (message * (Instant.NanosecondsPerSecond / messagesPerSecond)));

    void Add(DocumentBatch batch, long message, long call, int phase)
    {
        int row = batch.AddRow();
        bool request = Methods[phase].Length > 0;
        Instant time = TimeOf(message);
        batch.Set(row, Fields.Timestamp, time);
        batch.Set(row, Fields.Ingested, new Instant(time.Nanoseconds + 350_000 + (message * 7919 % 100_000)));
        batch.Set(row, Fields.Sequence, message * 8);
        batch.Set(row, Fields.Peer, [10, 0, 0, 9]);
        batch.Set(row, Fields.CaptureId, 2001L);
        batch.Set(row, Fields.AgentName, "proxy-1");
        batch.Set(row, Fields.HepVersion, 3L);
        byte[] caller = [10, (byte)(call % 4), 0, (byte)(call % 50)];
        byte[] proxy = [10, 9, 0, 1];
        batch.Set(row, Fields.SourceIp, request ? caller : proxy);
        batch.Set(row, Fields.DestinationIp, request ? proxy : caller);
        batch.Set(row, Fields.SourcePort, request ? 5062L : 5060L);
        batch.Set(row, Fields.DestinationPort, request ? 5060L : 5062L);
        batch.Set(row, Fields.NetworkTransport, "udp");
        batch.Set(row, Fields.NetworkProtocol, "sip");
        batch.Set(row, Fields.SipType, Types[phase]);
        batch.Set(row, Fields.Method, Methods[phase]);
        if (Codes[phase] > 0)
        {
            batch.Set(row, Fields.Code, Codes[phase]);
            batch.Set(row, Fields.ReasonPhrase, Reasons[phase]);
            batch.Set(row, Fields.ResponseClass, string.Create(CultureInfo.InvariantCulture, $"{Codes[phase] / 100}xx"));
        }

        batch.Set(row, Fields.CallId, CallId(call));
        string callee = Caller(call + 5_000_000);
        if (request)
        {
            batch.Set(row, Fields.UriUser, callee);
            batch.Set(row, Fields.UriHost, "sip.example.net");
            batch.Set(row, Fields.Uri, $"sip:{callee}@sip.example.net;user=phone");
            batch.Set(row, Fields.MaxForwards, 70L);
        }

        batch.Set(row, Fields.FromUser, Caller(call));
        batch.Set(row, Fields.FromHost, "sip.example.net");
        batch.Set(row, Fields.FromTag, string.Create(CultureInfo.InvariantCulture, $"{call * 48271 % 2147483647:x8}"));
        batch.Set(row, Fields.ToUser, callee);
        batch.Set(row, Fields.ToHost, "sip.example.net");
        if (phase >= 2)
            batch.Set(row, Fields.ToTag, string.Create(CultureInfo.InvariantCulture, $"as{call * 69621 % 2147483647:x8}"));
        batch.Set(row, Fields.CSeqNumber, phase < 5 ? 1L : 2L);
        batch.Set(row, Fields.CSeqMethod, CSeqMethods[phase]);
        batch.Set(row, Fields.ViaBranch, string.Create(CultureInfo.InvariantCulture, $"z9hG4bK{(call * 3) + (phase > 3 ? phase : 0):x10}"));
        batch.Set(row, Fields.ViaCount, 1L);
        batch.Set(row, Fields.UserAgent, call % 3 == 0 ? "Asterisk PBX 20.5" : "Yealink SIP-T46U 108.86.0.20");
        batch.Set(row, Fields.MessageSize, 400 + (message * 31 % 500));
        if (phase is 0 or 3)
        {
            batch.Set(row, Fields.ContentType, "application/sdp");
            batch.Set(row, Fields.SdpAddress, caller);
            batch.Set(row, Fields.SdpPort, 10_000 + (call * 2 % 20_000));
            batch.Set(row, Fields.Codecs, Encoding.ASCII.GetBytes("PCMA\nPCMU\ntelephone-event"));
        }
    }
}
