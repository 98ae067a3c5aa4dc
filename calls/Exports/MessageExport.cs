using System.Buffers;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Writes captured SIP messages one after another as a file of some format; keeps nothing of them, so a file of any size takes no more memory.</summary>
public abstract class MessageExport
{
    static readonly Dictionary<string, Func<CallReport?, MessageExport>> ByFormat = new(StringComparer.Ordinal)
    {
        ["pcap"] = _ => new PcapExport(),
        ["pcapng"] = _ => new PcapNgExport(),
        ["txt"] = _ => new TextExport(),
        ["json"] = _ => new JsonExport(),
        ["html"] = report => new HtmlExport(report),
        [Scenario] = _ => new SippExport(),
    };

    /// <summary>A scenario for SIPp; made of one call.</summary>
    public const string Scenario = "xml";

    /// <summary>All of them in one archive, which whoever writes it puts together.</summary>
    public const string Bundle = "zip";

    /// <summary>Names of the formats, which are also the extensions of their files.</summary>
    public static IReadOnlyCollection<string> Formats => [.. ByFormat.Keys, Bundle];

    /// <summary>The fields of a message that a format or <see cref="Masking"/> looks at; all else of it is in its captured bytes.</summary>
    public static IReadOnlyCollection<Field> Read { get; } =
    [
        Fields.SourceIp, Fields.SourcePort, Fields.DestinationIp, Fields.DestinationPort, Fields.NetworkTransport, Fields.AgentName, Fields.CaptureId, Fields.CallId,
        .. Masking.Read,
    ];

    public abstract string MediaType { get; }

    /// <summary>A writer of that format; null when there is none.</summary>
    /// <param name="report">What is to be said of the call, for a format that has room for it.</param>
    public static MessageExport? Of(string format, CallReport? report = null) => ByFormat.GetValueOrDefault(format)?.Invoke(report);

    /// <summary>Before the first message.</summary>
    public virtual void Begin(IBufferWriter<byte> target)
    {
    }

    /// <param name="raw">As it was captured.</param>
    public abstract void Write(Document message, ReadOnlySpan<byte> raw, IBufferWriter<byte> target);

    /// <summary>Behind the last message.</summary>
    public virtual void End(IBufferWriter<byte> target)
    {
    }
}
