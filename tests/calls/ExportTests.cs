using System.Buffers;
using System.Text;
using System.Text.Json;
using Homer.Search.Calls;
using Homer.Search.Store;

namespace Homer.Search.Tests.Calls;

public sealed class ExportTests
{
    static readonly Message[] Call = Scenarios.Get("C3");

    [Fact]
    public void A_text_shows_each_message_under_a_line_that_says_where_it_was_seen()
    {
        string text = Encoding.UTF8.GetString(Export("txt", Call));

        Assert.StartsWith("---- 2026-09-21T14:13:20.000000000Z 10.0.0.1:5060 -> 10.0.0.2:5060 udp, seen by edge-1\nINVITE sip:bob@example.net SIP/2.0\r\n", text, StringComparison.Ordinal);
        Assert.All(Call, message => Assert.Contains(Encoding.UTF8.GetString(message.Bytes()), text, StringComparison.Ordinal));
    }

    [Fact]
    public void JSON_has_every_message_whole()
    {
        byte[] latin = [.. Call[0].Bytes(), 0xfc];
        Document[] documents = MessageDocuments.Of(Call);
        var target = new ArrayBufferWriter<byte>();
        MessageExport export = MessageExport.Of("json")!;
        export.Begin(target);
        export.Write(documents[0], latin, target);
        export.Write(documents[1], Call[1].Bytes(), target);
        export.End(target);

        JsonElement[] read = [.. JsonDocument.Parse(target.WrittenMemory).RootElement.EnumerateArray()];

        Assert.Equal(latin, read[0].GetProperty("rawBase64").GetBytesFromBase64());
        Assert.Equal(Encoding.UTF8.GetString(Call[1].Bytes()), read[1].GetProperty("raw").GetString());
        Assert.Equal("10.0.0.2:5060", read[1].GetProperty("source").GetString());
        Assert.Equal("[]", Encoding.UTF8.GetString(Export("json", [])).ReplaceLineEndings(""));
    }

    [Fact]
    public void A_format_that_does_not_exist_is_none() => Assert.Null(MessageExport.Of("doc"));

    [Fact]
    public void A_masked_message_names_nobody_and_keeps_its_shape()
    {
        Message message = Call[0]
            .Header("Contact: <sip:+4930123456@10.0.0.1:5060>").Header("P-Asserted-Identity: \"Alice Liddell\" <tel:+4930123456>")
            .Header("Proxy-Authorization: Digest username=\"alice\", realm=\"example.com\", response=\"6629fae49393a05397450978507c4ef1\"")
            .Header("X-Note: call of alice") with
        { Caller = "sip:+4930123456@example.com", StartLine = "INVITE sip:bob@example.net SIP/2.0" };
        byte[] raw = message.Bytes();

        byte[] masked = Masking.Mask(MessageDocuments.Of([message])[0], raw);
        string text = Encoding.UTF8.GetString(masked);

        Assert.Equal(raw.Length, masked.Length);
        Assert.DoesNotContain("bob", text, StringComparison.Ordinal);
        Assert.DoesNotContain("123456", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", text, StringComparison.Ordinal);
        Assert.DoesNotContain("6629fae4", text, StringComparison.Ordinal);
        Assert.Contains("From: <sip:+493xxxxxxx@example.com>;tag=a", text, StringComparison.Ordinal);
        Assert.Contains($"Call-ID: {message.CallId}\r\nCSeq: 1 INVITE", text, StringComparison.Ordinal);
        Assert.Contains("Contact: <sip:+493xxxxxxx@10.0.0.1:5060>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_masked_text_message_says_nothing_and_a_session_description_stays()
    {
        Message chat = Call[0].Header("Content-Type: text/plain") with { Body = "see you at nine" };
        Message offer = Call[0].Sdp("10.0.0.1", "PCMU");

        Assert.EndsWith("xxxxxxxxxxxxxxx", Masked(chat), StringComparison.Ordinal);
        Assert.EndsWith(offer.Body, Masked(offer), StringComparison.Ordinal);

        static string Masked(Message message) => Encoding.UTF8.GetString(Masking.Mask(MessageDocuments.Of([message])[0], message.Bytes()));
    }

    static byte[] Export(string format, Message[] messages)
    {
        var target = new ArrayBufferWriter<byte>();
        MessageExport export = MessageExport.Of(format)!;
        export.Begin(target);
        foreach ((Document document, Message message) in MessageDocuments.Of(messages).Zip(messages))
            export.Write(document, message.Bytes(), target);
        export.End(target);
        return target.WrittenSpan.ToArray();
    }
}
