using System.Globalization;
using System.Text;

namespace Homer.Search.Protocol.Sip;

/// <summary>
/// What is put in place of a message that is taken out of a payload with several: a request of the same length that says nothing, so that the others stay
/// pieces of their own with their numbers (<see cref="SipPayload"/>).
/// </summary>
public static class BlankMessage
{
    static readonly CompositeFormat Head = CompositeFormat.Parse("BLANK x:x SIP/2.0\r\nContent-Length: {0:D7}\r\n\r\n");

    static readonly int HeadLength = Encoding.ASCII.GetByteCount(string.Format(CultureInfo.InvariantCulture, Head, 0));

    /// <summary>Whether a message is one.</summary>
    public static bool Is(in SipMessage message) => message.Method.SequenceEqual("BLANK"u8) && message.CallId.IsEmpty;

    /// <summary>Overwrites a message; what is too short to be one becomes <c>x</c>.</summary>
    public static void Write(Span<byte> message)
    {
        message.Fill((byte)'x');
        if (message.Length >= HeadLength)
            Encoding.ASCII.GetBytes(string.Format(CultureInfo.InvariantCulture, Head, message.Length - HeadLength), message);
    }
}
