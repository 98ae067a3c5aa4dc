using System.Text;

namespace Homer.Search.Protocol.Sip;

/// <summary>Chooses among the header fields of one message what the product stores: of most the first, of some the better.</summary>
ref struct SipFields
{
    ReadOnlySpan<byte> _server;
    ReadOnlySpan<byte> _challenge;
    SipHeaderName _identity;
    bool _isSipIdentity;
    bool _isQ850;

    internal void Take(SipHeaderName header, ReadOnlySpan<byte> value, ref SipMessage message)
    {
        switch (header)
        {
            case SipHeaderName.Other:
                message.HasOtherHeaders = true;
                break;
            case SipHeaderName.Via when !value.IsEmpty:
                TakeVia(value, ref message);
                break;
            case SipHeaderName.From when message.From.IsEmpty:
                message.From = value;
                break;
            case SipHeaderName.To when message.To.IsEmpty:
                message.To = value;
                break;
            case SipHeaderName.CallId when message.CallId.IsEmpty:
                message.CallId = value;
                break;
            case SipHeaderName.CSeq when message.CSeqMethod.IsEmpty && message.CSeqNumber is null:
                TakeCSeq(value, ref message);
                break;
            case SipHeaderName.Contact when message.Contact.IsEmpty:
                message.Contact = FirstOf(value);
                break;
            case SipHeaderName.ContentLength:
                message.ContentLength ??= WholeNumber(value);
                break;
            case SipHeaderName.ContentType when message.ContentType.IsEmpty:
                message.ContentType = value;
                break;
            case SipHeaderName.UserAgent when message.UserAgent.IsEmpty:
                message.UserAgent = value;
                break;
            case SipHeaderName.Server when _server.IsEmpty:
                _server = value;
                break;
            case SipHeaderName.MaxForwards:
                message.MaxForwards ??= WholeNumber(value);
                break;
            case SipHeaderName.Expires:
                message.Expires ??= WholeNumber(value);
                break;
            case SipHeaderName.Authorization or SipHeaderName.ProxyAuthorization when message.Authentication.IsEmpty:
                message.Authentication = value;
                break;
            case SipHeaderName.WwwAuthenticate or SipHeaderName.ProxyAuthenticate when _challenge.IsEmpty:
                _challenge = value;
                break;
            case SipHeaderName.PAssertedIdentity or SipHeaderName.PPreferredIdentity or SipHeaderName.RemotePartyId:
                TakeIdentity(header, value, ref message);
                break;
            case SipHeaderName.Diversion when message.Diversion.IsEmpty:
                message.Diversion = FirstOf(value);
                break;
            case SipHeaderName.Reason when !_isQ850:
                TakeReason(value, ref message);
                break;
            case SipHeaderName.Identity when message.Identity.IsEmpty:
                message.Identity = value;
                break;
        }
    }

    /// <summary>Fills in the second choices, when all headers are read.</summary>
    internal readonly void Settle(ref SipMessage message)
    {
        if (message.UserAgent.IsEmpty)
            message.UserAgent = _server;
        if (message.Authentication.IsEmpty)
            message.Authentication = _challenge;
        if (message.CSeqMethod.IsEmpty)
            message.CSeqMethod = message.Method;
    }

    /// <summary>Kamailio joins several Via values in one line.</summary>
    static void TakeVia(ReadOnlySpan<byte> value, ref SipMessage message)
    {
        if (!value.Contains((byte)','))
        {
            if (message.ViaCount++ == 0)
                message.Via = value;
            return;
        }

        foreach (ReadOnlySpan<byte> via in new SipValues(value))
            if (message.ViaCount++ == 0)
                message.Via = via;
    }

    static void TakeCSeq(ReadOnlySpan<byte> value, ref SipMessage message)
    {
        int end = value.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (end < 0)
            end = value.Length;
        if (SipGrammar.TryReadNumber(value[..end], out long number))
            message.CSeqNumber = number;
        message.CSeqMethod = SipGrammar.Trim(value[end..]);
    }

    void TakeIdentity(SipHeaderName header, ReadOnlySpan<byte> value, ref SipMessage message)
    {
        // The names are declared in their order of precedence.
        if (_identity != SipHeaderName.Other && (header > _identity || (header == _identity && _isSipIdentity)))
            return;
        foreach (ReadOnlySpan<byte> identity in new SipValues(value))
        {
            ReadOnlySpan<byte> scheme = SipAddress.Read(identity).Scheme;
            bool isSip = Ascii.EqualsIgnoreCase(scheme, "sip"u8) || Ascii.EqualsIgnoreCase(scheme, "sips"u8);
            if (header == _identity && !isSip)
                continue;
            message.AssertedIdentity = identity;
            _identity = header;
            _isSipIdentity = isSip;
            if (isSip)
                return;
        }
    }

    void TakeReason(ReadOnlySpan<byte> value, ref SipMessage message)
    {
        foreach (ReadOnlySpan<byte> reason in new SipValues(value))
        {
            bool isQ850 = SipReason.IsQ850(reason);
            if (!isQ850 && !message.Reason.IsEmpty)
                continue;
            message.Reason = reason;
            _isQ850 = isQ850;
            if (isQ850)
                return;
        }
    }

    static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> value)
    {
        if (!value.Contains((byte)','))
            return value;
        var values = new SipValues(value);
        return values.MoveNext() ? values.Current : [];
    }

    /// <summary>A number, though a parameter or comment follow it as some senders write.</summary>
    static int? WholeNumber(ReadOnlySpan<byte> value) => SipGrammar.LeadingNumber(value);
}
