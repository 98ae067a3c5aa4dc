using System.Buffers;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Writes captured SIP messages one after another as a file of some format; keeps nothing of them, so a file of any size takes no more memory.</summary>
public abstract class MessageExport
{
    static readonly Dictionary<string, Func<MessageExport>> ByFormat = new(StringComparer.Ordinal)
    {
        ["pcap"] = () => new PcapExport(),
        ["pcapng"] = () => new PcapNgExport(),
        ["txt"] = () => new TextExport(),
        ["json"] = () => new JsonExport(),
    };

    /// <summary>Names of the formats, which are also the extensions of their files.</summary>
    public static IReadOnlyCollection<string> Formats => ByFormat.Keys;

    public abstract string MediaType { get; }

    /// <summary>A writer of that format; null when there is none.</summary>
    public static MessageExport? Of(string format) => ByFormat.GetValueOrDefault(format)?.Invoke();

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
