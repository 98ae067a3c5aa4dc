using Homer.Search.Protocol.Json;
using Homer.Search.Protocol.Rtcp;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Protocol.Qos;

/// <summary>Reads a media-quality report of any shape; its octets tell which, since agents disagree about the HEP types.</summary>
public static class QualityReports
{
    /// <summary>More streams of one payload are not told apart.</summary>
    public const int Maximum = SipPayload.MaximumPieces;

    /// <summary>A report for each stream; none when the payload says nothing of any.</summary>
    /// <param name="leaves">The payload read as JSON.</param>
    public static IReadOnlyList<StreamQuality> Read(ReadOnlySpan<byte> payload, IReadOnlyList<JsonLeaf> leaves)
    {
        IReadOnlyList<StreamQuality> reports = ReadAll(payload, leaves);
        return reports.Count <= Maximum ? reports : [.. reports.Take(Maximum)];
    }

    /// <summary>What a SIP message carries: a vq-rtcpxr body, or statistics in a BYE and its answer.</summary>
    public static IReadOnlyList<StreamQuality> Read(in SipMessage message)
    {
        if (message.CSeqMethod.SequenceEqual("BYE"u8))
            return RtpStat.Find(message.HeaderLines);
        return message.Body.IsEmpty ? [] : VqReport.Read(message.Body);
    }

    static IReadOnlyList<StreamQuality> ReadAll(ReadOnlySpan<byte> payload, IReadOnlyList<JsonLeaf> leaves)
    {
        if (leaves.Count > 0)
            return ReadJson(leaves);
        if (RtcpReader.Begins(payload))
            return RtcpReader.Read(payload);
        ReadOnlySpan<byte> text = payload.Trim(" \t\r\n\0"u8);
        if (VqReport.Begins(text))
            return VqReport.Read(text);
        return SipStartLine.Begins(text) && SipReader.Read(text, out SipMessage message, out _) == SipRejection.None ? Read(message) : [];
    }

    static IReadOnlyList<StreamQuality> ReadJson(IReadOnlyList<JsonLeaf> leaves)
    {
        if (RtcpJson.Looks(leaves))
            return RtcpJson.Read(leaves);
        var report = new JsonObject(leaves);
        if (MediaSession.Looks(report))
            return MediaSession.Read(report);
        return RtpReport.Looks(report) ? [RtpReport.Read(report)] : [];
    }
}
