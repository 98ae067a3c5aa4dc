using System.Buffers;
using System.Net;
using System.Text;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>Messages as they came, each under a line that says when, from where to where and who saw it.</summary>
sealed class TextExport : MessageExport
{
    public override string MediaType => "text/plain; charset=utf-8";

    public override void Write(Document message, ReadOnlySpan<byte> raw, IBufferWriter<byte> target)
    {
        string head = $"---- {message.Time} {End(message, Fields.SourceIp, Fields.SourcePort)} -> {End(message, Fields.DestinationIp, Fields.DestinationPort)}"
            + $" {message.Text(Fields.NetworkTransport)}, seen by {Transmission.Agent(message)}\n";
        target.Write(Encoding.UTF8.GetBytes(head));
        target.Write(raw);
        target.Write(raw.EndsWith("\n"u8) ? "\n"u8 : "\n\n"u8);
    }

    internal static string End(Document message, Field address, Field port) =>
        message.Address(address) is { } ip ? new IPEndPoint(ip, (int)(message.Integer(port) ?? 0)).ToString() : "unknown";
}
