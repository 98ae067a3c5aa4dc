namespace Homer.Search.Server.Pcap;

/// <summary>Tells SIP from everything else by its first line, whatever the port.</summary>
static class SipText
{
    /// <summary>Longer first lines nobody sends.</summary>
    const int MaximumLine = 4096;

    /// <summary>Whether a SIP message begins here; null when too little is there to tell.</summary>
    public static bool? BeginsIn(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return null;
        if (!char.IsAsciiLetter((char)bytes[0]))
            return false;
        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
            return bytes.Length > MaximumLine ? false : null;
        ReadOnlySpan<byte> line = bytes[..end].TrimEnd((byte)'\r');
        return line.StartsWith("SIP/2.0 "u8) || line.EndsWith(" SIP/2.0"u8);
    }
}
