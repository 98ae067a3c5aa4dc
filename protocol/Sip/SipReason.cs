using System.Text;

namespace Homer.Search.Protocol.Sip;

/// <summary>One value of the Reason header (RFC 3326): <c>Q.850;cause=16;text="Normal call clearing"</c>.</summary>
public ref struct SipReason
{
    /// <summary><c>Q.850</c> or <c>SIP</c> in this spelling however it was written; another protocol as written.</summary>
    public ReadOnlySpan<byte> Protocol { get; private set; }

    /// <summary>Q.850 cause or SIP status code; null when absent or no number.</summary>
    public int? Cause { get; private set; }

    /// <summary>Without its quotes.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Reads one value; what cannot be read stays empty.</summary>
    public static SipReason Read(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> protocol = ProtocolOf(value);
        return new()
        {
            Protocol = IsQ850(value) ? "Q.850"u8 : Ascii.EqualsIgnoreCase(protocol, "SIP"u8) ? "SIP"u8 : protocol,
            Cause = SipGrammar.LeadingNumber(SipParameter.Find(value, "cause"u8)),
            Text = SipParameter.Find(value, "text"u8),
        };
    }

    /// <summary>Also written <c>Q850</c> and <c>q.850</c>.</summary>
    internal static bool IsQ850(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> protocol = ProtocolOf(value);
        return Ascii.EqualsIgnoreCase(protocol, "Q.850"u8) || Ascii.EqualsIgnoreCase(protocol, "Q850"u8);
    }

    static ReadOnlySpan<byte> ProtocolOf(ReadOnlySpan<byte> value)
    {
        int end = value.IndexOf((byte)';');
        return SipGrammar.Trim(end < 0 ? value : value[..end]);
    }
}
