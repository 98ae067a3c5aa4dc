using Homer.Search.Protocol.Sip;

namespace Homer.Search.Api.Schema;

/// <summary>One header field of a SIP message.</summary>
/// <param name="Name">As written; a compact form by its full name.</param>
/// <param name="Value">Folded lines as one.</param>
public sealed record Header(string Name, string Value)
{
    internal static IReadOnlyList<Header> Read(byte[] message, string? name)
    {
        var headers = new List<Header>();
        if (SipReader.Read(message, out SipMessage sip) != SipRejection.None)
            return headers;

        foreach (SipHeader header in new SipHeaders(sip.HeaderLines))
        {
            string found = Message.Text(header.Name);
            if (name is not null && !found.Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;

            byte[] value = new byte[header.Value.Length];
            headers.Add(new Header(found, Message.Text(value.AsSpan(0, SipHeader.Unfold(header.Value, value)))));
        }

        return headers;
    }
}
