using System.Buffers;
using System.Net;
using System.Text;
using Homer.Search.Protocol.Sip;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>One page that needs nothing else, to hand on or keep: what is to be said of the call, its ladder, and every message to unfold.</summary>
/// <param name="report">Null for messages that belong to no one call.</param>
sealed class HtmlExport(CallReport? report) : MessageExport
{
    const string Style = """
        <style>
        body { font: 15px system-ui, sans-serif; margin: 2em; color-scheme: light dark }
        pre { font: 13px ui-monospace, monospace; overflow-x: auto; background: color-mix(in srgb, canvas 94%, canvastext); padding: .8em }
        summary { font-family: ui-monospace, monospace; cursor: pointer; padding: .2em 0 }
        </style></head><body>

        """;

    public override string MediaType => "text/html; charset=utf-8";

    public override void Begin(IBufferWriter<byte> target)
    {
        Write(target, $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Encode(report?.CallId ?? "Captured messages")}</title>\n");
        Write(target, Style);
        if (report is null)
            return;
        Write(target, $"<h1>{Encode(report.CallId)}</h1>\n<p>{Encode(report.Explanation)}</p>\n");
        if (report.Findings.Count > 0)
            Write(target, $"<ul>{string.Concat(report.Findings.Select(finding => $"<li>{Encode(finding)}</li>"))}</ul>\n");
        Write(target, $"<pre>{Encode(report.Drawing)}</pre>\n");
    }

    public override void Write(Document message, ReadOnlySpan<byte> raw, IBufferWriter<byte> target)
    {
        string start = SipReader.Read(raw, out SipMessage sip) != SipRejection.None ? "not SIP"
            : sip.IsRequest ? Encoding.UTF8.GetString(sip.Method) : $"{sip.StatusCode} {Encoding.UTF8.GetString(sip.ReasonPhrase)}";
        Write(
            target,
            $"<details><summary>{message.Time} {Encode(TextExport.End(message, Fields.SourceIp, Fields.SourcePort))} → "
            + $"{Encode(TextExport.End(message, Fields.DestinationIp, Fields.DestinationPort))} {Encode(start)}</summary><pre>{Encode(Encoding.UTF8.GetString(raw))}</pre></details>\n");
    }

    public override void End(IBufferWriter<byte> target) => Write(target, "</body></html>\n");

    static string Encode(string text) => WebUtility.HtmlEncode(text);

    static void Write(IBufferWriter<byte> target, string text) => Encoding.UTF8.GetBytes(text, target);
}
