using Homer.Search.Protocol.Sip;

namespace Homer.Search.Server.Pcap;

/// <summary>Cuts SIP messages out of one direction of a stream by Content-Length (RFC 3261 §18.3).</summary>
sealed class SipStream
{
    /// <summary>What grows beyond this without becoming a message is given up.</summary>
    const int MaximumMessage = 256 * 1024;

    byte[] _buffer = new byte[2048];
    int _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_length + bytes.Length, _buffer.Length * 2));
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Forgets a message that has begun: part of it is missing.</summary>
    public void Clear() => _length = 0;

    /// <summary>The next whole message; null when none is there yet.</summary>
    public byte[]? Take()
    {
        int start = _buffer.AsSpan(0, _length).IndexOfAnyExcept("\r\n\0"u8);
        Drop(start < 0 ? _length : start);
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, _length);
        if (SipText.BeginsIn(bytes) is not { } begins)
            return null;
        if (!begins || Measure(bytes) is not { } length)
        {
            // The stream may be picked up again where a segment begins with a message.
            Clear();
            return null;
        }

        if (length == 0 || length > bytes.Length)
            return null;
        byte[] message = bytes[..length].ToArray();
        Drop(length);
        return message;
    }

    /// <summary>Length of the message at the head; 0 when its headers are not all there; null when it is too long.</summary>
    static int? Measure(ReadOnlySpan<byte> bytes)
    {
        int headers = bytes.IndexOf("\r\n\r\n"u8);
        if (headers < 0)
            return bytes.Length > MaximumMessage ? null : 0;
        SipRejection rejection = SipReader.Read(bytes[..(headers + 4)], out SipMessage message);
        int body = rejection == SipRejection.None ? Math.Max(0, message.ContentLength ?? 0) : 0;
        return body > MaximumMessage ? null : headers + 4 + body;
    }

    void Drop(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
    }
}
