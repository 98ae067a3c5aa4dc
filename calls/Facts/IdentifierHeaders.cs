using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Calls;

/// <summary>
/// Finds the identifiers by which the legs of one call know each other: headers in which a back-to-back user agent repeats the other leg's
/// Call-ID, session and charging identifiers, transfers (<see cref="ReferralIdentifiers"/>), and the correlation id of the capture agent.
/// </summary>
static class IdentifierHeaders
{
    const int MaximumValue = 200;

    public static void Add(in SipMessage sip, ReadOnlySpan<byte> correlationId, MessageNotes notes)
    {
        if (!correlationId.SequenceEqual(sip.CallId))
            Add("correlation-id="u8, correlationId, notes);
        if (!sip.HasOtherHeaders)
            return;
        foreach (SipHeader header in new SipHeaders(sip.HeaderLines))
        {
            if (header.Id == SipHeaderName.Other && header.Name.Length is 1 or (>= 5 and <= 29))
                Add(header, sip, notes);
        }
    }

    static void Add(in SipHeader header, in SipMessage sip, MessageNotes notes)
    {
        ReadOnlySpan<byte> name = header.Name;
        switch (name.Length)
        {
            // The compact forms of RFC 3515 §2.1 and RFC 3892 §3.
            case 1 when Is(name, "r"u8):
            case 8 when Is(name, "Refer-To"u8):
                ReferralIdentifiers.AddTarget(header.Value, SipAddress.Read(sip.To).User, notes);
                break;
            case 1 when Is(name, "b"u8):
            case 11 when Is(name, "Referred-By"u8):
                // Of a REFER it says who sends it; nobody is called by that.
                if (!sip.CSeqMethod.SequenceEqual("REFER"u8))
                    ReferralIdentifiers.AddReferred(sip.RequestUri, SipAddress.Read(sip.From).User, notes);
                break;
            case 5 when Is(name, "X-CID"u8):
                Add("x-cid="u8, header.Value, notes);
                break;
            case 8 when Is(name, "X-CallID"u8):
            case 9 when Is(name, "X-Call-ID"u8):
                Add("x-call-id="u8, header.Value, notes);
                break;
            case 8 when Is(name, "Replaces"u8):
                Add("replaces="u8, UpTo(header.Value, (byte)';'), notes);
                break;
            case 10 when Is(name, "Session-ID"u8):
                AddSessionId(header.Value, notes);
                break;
            case 10 when Is(name, "Cisco-Guid"u8):
                Add("cisco-guid="u8, header.Value, notes);
                break;
            case 16 when Is(name, "X-Correlation-ID"u8):
                Add("x-correlation-id="u8, header.Value, notes);
                break;
            case 17 when Is(name, "P-Charging-Vector"u8):
                Add("icid="u8, ParameterOf(header.Value, "icid-value"u8), notes);
                break;
            case 29 when Is(name, "X-BroadWorks-Correlation-Info"u8):
                Add("x-broadworks-correlation-info="u8, header.Value, notes);
                break;
        }
    }

    /// <summary>RFC 7989 §5: <c>local-uuid;remote=remote-uuid</c>; either may be the nil UUID while the other side is not known.</summary>
    static void AddSessionId(ReadOnlySpan<byte> value, MessageNotes notes)
    {
        AddHalf(UpTo(value, (byte)';'), notes);
        AddHalf(SipParameter.Find(value, "remote"u8), notes);

        static void AddHalf(ReadOnlySpan<byte> half, MessageNotes notes)
        {
            if (half.ContainsAnyExcept((byte)'0'))
                Add("session-id="u8, half, notes);
        }
    }

    public static void Add(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> value, MessageNotes notes)
    {
        value = value.Trim(" \t\r\n\""u8);
        if (value.IsEmpty || value.Length > MaximumValue)
            return;
        Span<byte> identifier = stackalloc byte[Texts.MaximumLength];
        prefix.CopyTo(identifier);
        value.CopyTo(identifier[prefix.Length..]);
        identifier = identifier[..(prefix.Length + value.Length)];
        // A row holds identifiers a line each.
        identifier.Replace((byte)'\n', (byte)' ');
        notes.AddIdentifier(identifier);
    }

    /// <summary>The first parameter stands where other headers have their value.</summary>
    static ReadOnlySpan<byte> ParameterOf(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name) =>
        value.Length > name.Length && value[name.Length] == '=' && Is(value[..name.Length], name)
            ? UpTo(value[(name.Length + 1)..], (byte)';')
            : SipParameter.Find(value, name);

    static ReadOnlySpan<byte> UpTo(ReadOnlySpan<byte> value, byte end) => value.IndexOf(end) is var index && index >= 0 ? value[..index] : value;

    static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) => Ascii.EqualsIgnoreCase(name, expected);
}
