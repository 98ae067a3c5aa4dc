using System.Buffers;
using Homer.Search.Protocol.Sdp;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Api.Schema;

/// <summary>The session description of a message (RFC 8866).</summary>
/// <param name="Text">As it stands in the body.</param>
/// <param name="Media">Its media lines in order.</param>
public sealed record Sdp(string Text, IReadOnlyList<MediaLine> Media)
{
    const int LongestCodecs = 4096;

    internal static Sdp? Read(byte[] message)
    {
        if (SipReader.Read(message, out SipMessage sip) != SipRejection.None)
            return null;
        ReadOnlySpan<byte> text = SdpReader.Find(sip.ContentType, sip.Body);
        if (text.IsEmpty)
            return null;

        var media = new List<MediaLine>();
        byte[] codecs = ArrayPool<byte>.Shared.Rent(LongestCodecs);
        foreach (SdpMedia line in new SdpMediaLines(text))
        {
            string names = Message.Text(codecs.AsSpan(0, line.WriteCodecs(codecs)));
            media.Add(new MediaLine(
                Message.Text(line.Kind), line.Address.IsEmpty ? null : Message.Text(line.Address), line.Port, Message.Text(line.Profile),
                Message.Text(line.Direction), names.Length == 0 ? [] : names.Split('\n')));
        }

        ArrayPool<byte>.Shared.Return(codecs);
        return new Sdp(Message.Text(text), media);
    }
}

/// <summary>One media line of a session description.</summary>
/// <param name="Kind">audio, video, image …</param>
/// <param name="Address">Where media is expected: an address or host name.</param>
/// <param name="Port">0 when the media line is refused.</param>
/// <param name="Profile">RTP/AVP, RTP/SAVPF, udptl …</param>
/// <param name="Direction">sendrecv, sendonly, recvonly or inactive.</param>
/// <param name="Codecs">Offered or answered, in order of preference.</param>
public sealed record MediaLine(string Kind, string? Address, int Port, string Profile, string Direction, IReadOnlyList<string> Codecs);
