using Homer.Search.Protocol;

namespace Homer.Search.Journal;

/// <summary>How a packet came in: what the journal keeps beside its bytes.</summary>
/// <param name="Time">When it was received.</param>
/// <param name="Peer">Address that sent it, as 16 octets (IPv4 mapped into IPv6).</param>
/// <param name="PeerPort">Port that sent it.</param>
/// <param name="Transport">What carried it to us: UDP, TCP or TLS.</param>
public readonly record struct Arrival(Instant Time, UInt128 Peer, ushort PeerPort, TransportProtocol Transport);
