using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Ingest;

/// <summary>
/// Tells packets that came before within a time: the same captured octets between the same addresses, from the same capture agent. A copy of another hop or
/// of another agent is none. Remembers in a table of fixed size, where a newer packet may put an older one out: then a copy is let through. Safe for several threads.
/// </summary>
sealed class RecentPackets(TimeSpan window, TimeProvider clock)
{
    const int Slots = 1 << 18;
    const int Stripes = 64;

    // Of each process its own, so that nobody can make up packets that hash alike.
    readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8));
    readonly (ulong Hash, long Seen)[] _slots = new (ulong, long)[Slots];
    readonly Lock[] _stripes = [.. Enumerable.Range(0, Stripes).Select(static _ => new Lock())];

    /// <summary>Whether it came before; if not, it is remembered.</summary>
    public bool Has(ReadOnlySpan<byte> packet)
    {
        ulong hash = Hash(packet);
        int slot = (int)(hash % Slots);
        long now = clock.GetTimestamp();
        lock (_stripes[slot % Stripes])
        {
            (ulong known, long seen) = _slots[slot];
            if (known == hash && clock.GetElapsedTime(seen, now) <= window)
                return true;
            _slots[slot] = (hash, now);
            return false;
        }
    }

    ulong Hash(ReadOnlySpan<byte> bytes)
    {
        if (HepReader.Read(bytes, out HepPacket packet) != HepRejection.None)
            return XxHash3.HashToUInt64(bytes, _seed);
        ReadOnlySpan<ulong> parts =
        [
            XxHash3.HashToUInt64(packet.Payload, _seed), XxHash3.HashToUInt64(packet.SourceAddress, _seed), XxHash3.HashToUInt64(packet.DestinationAddress, _seed),
            ((ulong)packet.SourcePort << 16) | packet.DestinationPort, ((ulong)packet.CaptureAgentId << 16) | (byte)packet.ProtocolType,
        ];
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(parts), _seed);
    }
}
