using System.Security.Cryptography;
using System.Text;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Ingest;

/// <summary>
/// Decides before anything is written whether a packet is taken, so that what is refused stands nowhere: neither in the journal nor in what is made anew out of it.
/// Safe for several threads.
/// </summary>
sealed class Gate(GateOptions options, TimeProvider clock)
{
    readonly (UInt128 Prefix, UInt128 Mask)[] _allowed = [.. options.Allowed.Select(PeerAddress.Mask)];
    readonly (UInt128 Prefix, UInt128 Mask)[] _keyless = [.. options.Keyless.Select(PeerAddress.Mask)];
    readonly byte[][] _keys = [.. options.Keys.Select(Encoding.UTF8.GetBytes)];

    readonly PeerRates? _rates = options.PerPeer is { } rate ? new PeerRates(rate, clock) : null;
    readonly RecentPackets? _recent = options.DuplicateWindow is { } window ? new RecentPackets(window, clock) : null;

    /// <summary>Whether packets of this peer are taken at all.</summary>
    public bool Admits(UInt128 peer) => _allowed.Length == 0 || Contains(_allowed, peer);

    /// <summary>Why a packet of a peer that is taken is not taken itself; null when it is.</summary>
    public DropReason? Refuses(ReadOnlySpan<byte> packet, UInt128 peer)
    {
        if (!HasKey(packet, peer))
            return DropReason.WrongKey;
        if (_rates is not null && !_rates.Takes(peer))
            return DropReason.RateLimited;
        return _recent is not null && _recent.Has(packet) ? DropReason.Duplicate : null;
    }

    /// <summary>Whether the packet carries a key, or needs none. How long that takes says nothing about a key but its length.</summary>
    public bool HasKey(ReadOnlySpan<byte> packet, UInt128 peer)
    {
        AgentKeys own = options.AgentKeys.Current;
        if ((_keys.Length == 0 && own.Count == 0) || Contains(_keyless, peer))
            return true;
        HepRejection rejection = HepReader.Read(packet, out HepPacket read);
        if (rejection == HepRejection.CompressedFrame && CompressedPayload.Inflate(packet, out byte[] inflated) == HepRejection.None)
            rejection = HepReader.Read(inflated, out read);
        // A ping has no payload; what cannot be read has no key.
        return rejection is HepRejection.None or HepRejection.NoPayload && IsKey(read.AuthenticateKey, own.Of(read.CaptureAgentId) ?? _keys);
    }

    static bool IsKey(ReadOnlySpan<byte> shown, byte[][] keys)
    {
        shown = shown.TrimEnd((byte)0);
        bool isKey = false;
        foreach (byte[] key in keys)
            isKey |= CryptographicOperations.FixedTimeEquals(shown, key);
        return isKey;
    }

    static bool Contains((UInt128 Prefix, UInt128 Mask)[] networks, UInt128 peer)
    {
        foreach ((UInt128 prefix, UInt128 mask) in networks)
        {
            if ((peer & mask) == prefix)
                return true;
        }

        return false;
    }
}
