using System.Text;
using Homer.Search.Protocol.Sip;

namespace Homer.Search.Ingest;

/// <summary>Tells the SIP messages that an operator does not want stored: by method, or by what a scanner calls itself.</summary>
sealed class SipDiscard
{
    readonly byte[][] _methods;
    readonly string[] _userAgents;

    public SipDiscard(GateOptions options)
    {
        _methods = [.. options.DiscardMethods.Select(Encoding.ASCII.GetBytes)];
        _userAgents = [.. options.DiscardUserAgents];
    }

    public bool Takes(in SipMessage message)
    {
        foreach (byte[] method in _methods)
        {
            if (message.CSeqMethod.SequenceEqual(method))
                return true;
        }

        return _userAgents.Length > 0 && !message.UserAgent.IsEmpty && IsUnwanted(Encoding.Latin1.GetString(message.UserAgent));
    }

    bool IsUnwanted(string userAgent) => Array.Exists(_userAgents, name => userAgent.Contains(name, StringComparison.OrdinalIgnoreCase));
}
