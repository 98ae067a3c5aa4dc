using Homer.Search.Protocol;
using Homer.Search.Protocol.Hep;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Tests.Protocol;

/// <summary>Reads all that can be read of a packet, as the indexer does and more.</summary>
static class Everything
{
    internal static void Read(ReadOnlySpan<byte> bytes)
    {
        _ = HepFramer.Read(bytes, out _, out _);
        if (HepReader.Read(bytes, out HepPacket packet) != HepRejection.None)
            return;
        _ = CaptureTime.Resolve(packet, new(1_700_000_000_000_000_000), new(0));
        ReadPayload(packet.Payload);
    }

    internal static void ReadPayload(ReadOnlySpan<byte> bytes)
    {
        int covered = 0;
        var payload = new SipPayload(bytes);
        while (payload.MoveNext())
        {
            covered += payload.Length;
            if (payload.Rejection == SipRejection.None)
                ReadMessage(payload.Message);
        }

        // Assert.Equal allocates, and readers are watched for that.
        if (covered != bytes.Length)
            Assert.Fail($"The pieces cover {covered} of {bytes.Length} octets.");
    }

    static void ReadMessage(in SipMessage message)
    {
        foreach (SipHeader header in new SipHeaders(message.HeaderLines))
            ReadValue(header.Value);
        _ = SipAddress.ReadUri(message.RequestUri);
        _ = SipCredentials.Read(message.Authentication);
        _ = Attestation.Read(message.Identity);
        ReadSdp(SdpReader.Find(message.ContentType, message.Body));
    }

    static void ReadValue(ReadOnlySpan<byte> value)
    {
        _ = SipAddress.Read(value);
        _ = SipReason.Read(value);
        _ = SipParameter.Find(value, "branch"u8);
        if (value.Length <= 2048)
            _ = SipHeader.Unfold(value, stackalloc byte[2048]);
    }

    static void ReadSdp(ReadOnlySpan<byte> sdp)
    {
        Span<byte> octets = stackalloc byte[256];
        _ = SdpReader.TryReadFirst(sdp, out _);
        foreach (SdpMedia media in new SdpMediaLines(sdp))
        {
            _ = IpOctets.Read(media.Address, octets);
            _ = media.WriteCodecs(octets);
        }
    }
}
