using Homer.Search.Protocol;

namespace Homer.Search.Server.Pcap;

/// <summary>
/// Puts IP datagrams together from their fragments, in whatever order they come (RFC 791 §3.2, RFC 8200 §4.5). Bounded in number and
/// time.
/// </summary>
sealed class FragmentReassembly
{
    const int MaximumDatagrams = 1024;
    const int MaximumLength = ushort.MaxValue;

    /// <summary>As long as Linux waits for the rest.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly OrderedDictionary<(UInt128 Source, UInt128 Destination, uint Id, byte Protocol), Datagram> _open = [];

    /// <summary>Datagrams given up because fragments were missing.</summary>
    public long Abandoned { get; private set; }

    /// <summary>Datagrams that still wait for fragments.</summary>
    public int Open => _open.Count;

    /// <summary>Takes one fragment; true when its datagram is whole, whose payload then is <paramref name="payload"/>.</summary>
    public bool TryComplete(in IpPacket fragment, Instant time, out byte[] payload)
    {
        payload = [];
        if (fragment.FragmentOffset + fragment.Payload.Length > MaximumLength)
            return false;
        GiveUpBefore(time);
        var key = (Flow.Address(fragment.Source), Flow.Address(fragment.Destination), fragment.Identification, fragment.Protocol);
        if (!_open.TryGetValue(key, out Datagram? datagram))
        {
            if (_open.Count == MaximumDatagrams)
                GiveUpOldest();
            _open.Add(key, datagram = new Datagram(time));
        }

        if (!datagram.Add(fragment.FragmentOffset, fragment.Payload, fragment.MoreFragments))
            return false;
        _open.Remove(key);
        payload = datagram.Join();
        return true;
    }

    void GiveUpBefore(Instant time)
    {
        while (_open.Count > 0 && time.Since(_open.GetAt(0).Value.Started) > Patience)
            GiveUpOldest();
    }

    void GiveUpOldest()
    {
        _open.RemoveAt(0);
        Abandoned++;
    }

    sealed class Datagram(Instant started)
    {
        readonly SortedList<int, byte[]> _pieces = [];
        int? _length;

        public Instant Started { get; } = started;

        /// <summary>True when nothing is missing any more. Of two fragments at one offset the longer counts.</summary>
        public bool Add(int offset, ReadOnlySpan<byte> bytes, bool more)
        {
            if (!_pieces.TryGetValue(offset, out byte[]? had) || had.Length < bytes.Length)
                _pieces[offset] = bytes.ToArray();
            if (!more)
                _length = offset + bytes.Length;
            int end = 0;
            foreach ((int begin, byte[] piece) in _pieces)
            {
                if (begin > end)
                    return false;
                end = Math.Max(end, begin + piece.Length);
            }

            return end >= _length;
        }

        public byte[] Join()
        {
            byte[] whole = new byte[_length!.Value];
            foreach ((int begin, byte[] piece) in _pieces)
                piece.AsSpan(0, Math.Max(0, Math.Min(piece.Length, whole.Length - begin)))
                    .CopyTo(whole.AsSpan(Math.Min(begin, whole.Length)));
            return whole;
        }
    }
}
