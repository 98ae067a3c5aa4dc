namespace Homer.Search.Protocol;

/// <summary>What carried the captured message: the IP protocol number of HEP chunk 0x02; 22 is what agents send for TLS.</summary>
public enum TransportProtocol : byte
{
    Unknown = 0,
    Tcp = 6,
    Udp = 17,
    Tls = 22,
    Sctp = 132,
}
