using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Server.Pcap;

namespace Homer.Search.Server.Scenario;

/// <summary>Endless traffic of many calls at once, as two proxies would report it. The same seed and start give the same traffic.</summary>
sealed class CallTraffic(int seed, Instant start, double callsPerSecond)
{
    /// <summary>Messages a call has on average, counted over the mix below.</summary>
    public const double MessagesPerCall = 12;

    /// <summary>How often each fate comes, in percent.</summary>
    static readonly (CallFate Fate, int Share)[] Mix =
    [
        (CallFate.Answered, 42), (CallFate.Challenged, 12), (CallFate.Busy, 9), (CallFate.Cancelled, 9), (CallFate.NoAnswer, 8),
            (CallFate.Failed, 6),
        (CallFate.Unreachable, 2), (CallFate.Registration, 12),
    ];

    /// <summary>HEP packets in the order of their capture times.</summary>
    public IEnumerable<(Instant Time, byte[] Hep)> Packets()
    {
        var random = new Random(seed);
        var open = new PriorityQueue<(CapturedSip Sip, CaptureNode Node), long>();
        Instant nextCall = start;
        while (true)
        {
            while (open.Count == 0 || nextCall <= open.Peek().Sip.Time)
            {
                CaptureNode node = CaptureNode.All[random.Next(CaptureNode.All.Count)];
                foreach (CapturedSip sip in CallScript.Play(Fate(random), random, nextCall, node))
                    open.Enqueue((sip, node), sip.Time.Nanoseconds);

                // Calls arrive independently of each other: the pauses are exponential.
                nextCall = nextCall.Plus(TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / callsPerSecond));
            }

            (CapturedSip next, CaptureNode reporter) = open.Dequeue();
            yield return (next.Time, next.ToHep(reporter.Id, Encoding.UTF8.GetBytes(reporter.Name)));
        }
    }

    static CallFate Fate(Random random)
    {
        int drawn = random.Next(Mix.Sum(entry => entry.Share));
        foreach ((CallFate fate, int share) in Mix)
        {
            if (drawn < share)
                return fate;
            drawn -= share;
        }

        return CallFate.Answered;
    }
}
