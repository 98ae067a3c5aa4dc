using System.Collections.Concurrent;

namespace Homer.Search.Ingest;

/// <summary>
/// What each peer may send in a second, with one second's worth at once: a bucket of tokens a peer. Bounded, since a datagram may name any sender. Safe for
/// several threads.
/// </summary>
sealed class PeerRates(int perSecond, TimeProvider clock)
{
    /// <summary>Peers remembered at most; then all begin anew with a full bucket.</summary>
    const int Bound = 65_536;

    readonly ConcurrentDictionary<UInt128, Bucket> _buckets = [];

    /// <summary>Takes a token of the peer; false when it has none.</summary>
    public bool Takes(UInt128 peer)
    {
        if (!_buckets.TryGetValue(peer, out Bucket? bucket))
        {
            if (_buckets.Count >= Bound)
                _buckets.Clear();
            bucket = _buckets.GetOrAdd(peer, static (_, rates) => new Bucket(rates.Full, rates.Now), (Full: (double)perSecond, Now: clock.GetTimestamp()));
        }

        lock (bucket)
        {
            long now = clock.GetTimestamp();
            bucket.Tokens = Math.Min(perSecond, bucket.Tokens + (clock.GetElapsedTime(bucket.Filled, now).TotalSeconds * perSecond));
            bucket.Filled = now;
            if (bucket.Tokens < 1)
                return false;
            bucket.Tokens--;
            return true;
        }
    }

    sealed class Bucket(double tokens, long filled)
    {
        public double Tokens { get; set; } = tokens;
        public long Filled { get; set; } = filled;
    }
}
