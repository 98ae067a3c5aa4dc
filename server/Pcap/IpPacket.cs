namespace Homer.Search.Server.Pcap;

/// <summary>One IP packet, or one fragment, as slices of its frame.</summary>
ref struct IpPacket
{
    /// <summary>4 or 16 octets.</summary>
    public ReadOnlySpan<byte> Source { get; set; }

    public ReadOnlySpan<byte> Destination { get; set; }

    /// <summary>IP protocol number of the payload, behind IPv6 extension headers.</summary>
    public byte Protocol { get; set; }

    public ReadOnlySpan<byte> Payload { get; set; }

    /// <summary>Octets of the datagram before this fragment's.</summary>
    public int FragmentOffset { get; set; }

    public bool MoreFragments { get; set; }

    /// <summary>Ties fragments together.</summary>
    public uint Identification { get; set; }

    public ushort? VlanId { get; set; }

    public readonly bool IsFragment => MoreFragments || FragmentOffset > 0;
}
