using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Ingest;

/// <summary>
/// The headers that have no field of their own, as one JSON object of strings under their names in lower case: extension headers
/// (<c>X-…</c>) and those that tie legs together. Of one name, in any case, the first value counts. Used by one thread.
/// </summary>
sealed class HeaderObject
{
    /// <summary>Values beyond this are cut: the object is for searching, the whole is in the raw message.</summary>
    const int LongestValue = 1024;

    /// <summary>Octets that one octet takes at most when escaped: <c>\u0000</c>.</summary>
    const int LongestEscape = 6;

    readonly byte[] _unfolded = new byte[LongestValue];
    byte[] _json = new byte[4096];
    int _length;

    /// <summary>Empty when there is no such header; valid until the next call.</summary>
    public ReadOnlySpan<byte> Collect(ReadOnlySpan<byte> headerLines)
    {
        _length = 0;
        foreach (SipHeader header in new SipHeaders(headerLines))
        {
            if (header.Id == SipHeaderName.Other && IsWanted(header.Name))
                Write(header);
        }

        if (_length > 0)
            Add((byte)'}');
        return _json.AsSpan(0, _length);
    }

    void Write(in SipHeader header)
    {
        int before = _length;
        Add((byte)(before == 0 ? '{' : ','));
        AddString(header.Name);
        // Names have no case (RFC 3261 §7.3.1), and queries ask for them in lower case.
        Ascii.ToLowerInPlace(_json.AsSpan(before + 1, _length - before - 1), out _);
        Add((byte)':');
        if (_json.AsSpan(0, before).IndexOf(_json.AsSpan(before + 1, _length - before - 1)) >= 0)
        {
            // Named before: inside a value quotes are escaped, so only a name can look like this.
            _length = before;
            return;
        }

        ReadOnlySpan<byte> value = header.Value[..Math.Min(header.Value.Length, LongestValue)];
        if (header.IsFolded && header.Value.Length <= LongestValue)
            value = _unfolded.AsSpan(0, SipHeader.Unfold(header.Value, _unfolded));
        AddString(value);
    }

    void AddString(ReadOnlySpan<byte> octets)
    {
        if (!Utf8.IsValid(octets))
            octets = Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(octets));

        Add((byte)'"');
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(octets, Room(octets.Length * LongestEscape), out _, out int written);
        _length += written;
        Add((byte)'"');
    }

    void Add(byte octet)
    {
        Room(1)[0] = octet;
        _length++;
    }

    Span<byte> Room(int octets)
    {
        if (_json.Length - _length < octets)
            Array.Resize(ref _json, 2 * (_length + octets));
        return _json.AsSpan(_length);
    }

    /// <summary>Beside extension headers: RFC 7989, RFC 7315, RFC 3891 and Cisco's name the call that others belong to.</summary>
    static bool IsWanted(ReadOnlySpan<byte> name) => name.Length switch
    {
        > 2 when (name[0] | 0x20) == 'x' && name[1] == '-' => true,
        8 => Ascii.EqualsIgnoreCase(name, "Replaces"u8),
        10 => Ascii.EqualsIgnoreCase(name, "Session-ID"u8) || Ascii.EqualsIgnoreCase(name, "Cisco-Guid"u8),
        17 => Ascii.EqualsIgnoreCase(name, "P-Charging-Vector"u8),
        _ => false,
    };
}
