using System.Globalization;
using System.Text;
using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Json;
using Homer.Search.Protocol.Qos;
using Homer.Search.Protocol.Rtcp;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>Rows of what is not SIP: a <c>qos</c> document for each stream that a report measures, else one <c>log</c> document. Used by one thread.</summary>
sealed class ReportRows
{
    /// <summary>Finds the call that a log line is about.</summary>
    public LogCallId CallIds { get; set; } = LogCallId.Usual;

    /// <summary>Of a mean opinion score, the chunk says hundredths.</summary>
    const double MosScale = 100;

    static readonly byte[][] Names =
        [.. Enumerable.Range(0, byte.MaxValue + 1).Select(type => Encoding.UTF8.GetBytes(Name((HepProtocolType)type)))];

    readonly RoundTrips _roundTrips = new();

    /// <summary>What <c>network.protocol</c> says.</summary>
    public static ReadOnlySpan<byte> ProtocolName(HepProtocolType type) => Names[(byte)type];

    /// <summary>Adds a packet that was not captured as SIP. Returns the rows, at least one.</summary>
    public int Add(in CaptureRow capture, ReadOnlySpan<byte> payload, RowTags tags, BatchSet batches)
    {
        // Octets of RTCP may well end with zeros; behind a text they are padding.
        bool isText = !RtcpReader.Begins(payload);
        payload = isText ? payload.TrimEnd((byte)0) : payload;
        HepProtocolType type = capture.Packet.ProtocolType;
        IReadOnlyList<JsonLeaf> leaves = JsonLeaves.Read(payload);
        if (!IsQuality(type))
            return AddLog(capture, payload, leaves, tags, batches.Of(DocumentKind.Log));

        IReadOnlyList<StreamQuality> reports = QualityReports.Read(payload, leaves);
        if (reports.Count == 0 && capture.Packet.Mos is not null)
            reports = [new StreamQuality { Kind = QualityKind.Score }];
        DocumentBatch batch = batches.Of(DocumentKind.Qos);
        for (int index = 0; index < Math.Max(1, reports.Count); index++)
        {
            int row = capture.AddTo(batch, ProtocolName(type), index);
            batch.Set(row, Fields.CallId, capture.Packet.CorrelationId);
            if (isText)
                batch.Set(row, Fields.Text, payload);
            batch.Set(row, Fields.PayloadValues, PayloadValues.Collect(leaves));
            RowTagNames.Set(batch, row, tags);
            if (index < reports.Count)
                QosRow.Set(batch, row, Complete(reports[index], capture, index));
        }

        return Math.Max(1, reports.Count);
    }

    /// <summary>Adds what a SIP message says of media. Returns the rows.</summary>
    /// <param name="before">Rows of this packet's reports so far.</param>
    public static int Add(in CaptureRow capture, in SipMessage message, int before, BatchSet batches)
    {
        IReadOnlyList<StreamQuality> reports = QualityReports.Read(message);
        int rows = Math.Min(reports.Count, QualityReports.Maximum - before);
        for (int index = 0; index < rows; index++)
        {
            DocumentBatch batch = batches.Of(DocumentKind.Qos);
            int row = capture.AddTo(batch, "sip"u8, before + index);
            batch.Set(row, Fields.CallId, message.CallId);
            if (reports[index].Kind != QualityKind.RtpStat)
                batch.Set(row, Fields.Text, message.Body);
            QosRow.Set(batch, row, reports[index]);
        }

        return rows;
    }

    int AddLog(in CaptureRow capture, ReadOnlySpan<byte> payload, IReadOnlyList<JsonLeaf> leaves, RowTags tags, DocumentBatch batch)
    {
        HepPacket packet = capture.Packet;
        int row = capture.AddTo(batch, ProtocolName(packet.ProtocolType), index: 0);
        // Agents give the Call-ID that a line belongs to as correlation id.
        if (!packet.CorrelationId.IsEmpty)
            batch.Set(row, Fields.CallId, packet.CorrelationId);
        else if (CallIds.Find(payload, leaves) is { } callId)
            batch.Set(row, Fields.CallId, callId);
        batch.Set(row, Fields.Text, payload);
        batch.Set(row, Fields.PayloadValues, PayloadValues.Collect(leaves));
        RowTagNames.Set(batch, row, tags);
        return 1;
    }

    StreamQuality Complete(StreamQuality report, in CaptureRow capture, int index)
    {
        report = _roundTrips.Measure(report, capture.TimeOf(index));
        return report.Mos is null && capture.Packet.Mos is { } score and >= (ushort)MosScale and <= 500 ? report with { Mos = score / MosScale } : report;
    }

    static bool IsQuality(HepProtocolType type) => type is HepProtocolType.Rtcp or HepProtocolType.PionRtcp or HepProtocolType.Quality
        or HepProtocolType.RtpReport or HepProtocolType.RtcpXr or HepProtocolType.Horaclifix or HepProtocolType.Report;

    static string Name(HepProtocolType type) => (int)type switch
    {
        2 => "xmpp",
        3 => "sdp",
        4 => "rtp",
        5 or 58 => "rtcp",
        6 => "mgcp",
        7 => "megaco",
        20 => "webrtc",
        32 => "qos",
        34 => "rtp-report",
        35 => "rtcp-xr",
        38 => "horaclifix",
        53 => "dns",
        54 => "isup",
        55 => "rtsp",
        56 => "diameter",
        57 => "map",
        60 or 101 => "cdr",
        86 or 100 => "log",
        99 => "report",
        var number => string.Create(CultureInfo.InvariantCulture, $"hep-{number}"),
    };
}
