using Homer.Search.Protocol;

namespace Homer.Search.Benchmarks.Ingest;

/// <summary>An endless stream of HEP packets: calls that begin evenly and run beside each other as their scripts say.</summary>
sealed class Traffic
{
    /// <summary>User agents, callers' addresses: each script step exists so often.</summary>
    const int Variants = 8;

    readonly PacketTemplate[][][] _templates;
    readonly byte[] _scriptOfPercent;
    readonly CallWheel _wheel = new();
    readonly double _callsPerMillisecond;
    readonly ulong _firstCall = (ulong)Random.Shared.NextInt64();
    double _callsOwed;
    ulong _calls;

    public Traffic(int messagesPerSecond)
    {
        IReadOnlyList<CallScript> scripts = CallScript.All;
        _templates = [.. scripts.Select(script => script.Steps.Select(Variations).ToArray())];
        _scriptOfPercent = [.. scripts.SelectMany((script, index) => Enumerable.Repeat((byte)index, script.Percent))];
        MessagesPerCall = scripts.Sum(script => script.Percent * script.Steps.Count) / 100.0;
        _callsPerMillisecond = messagesPerSecond / MessagesPerCall / 1000;
    }

    public double MessagesPerCall { get; }

    static PacketTemplate[] Variations(ScriptStep step) => [.. Enumerable.Range(0, Variants).Select(variant => new PacketTemplate(step, variant))];

    /// <summary>
    /// Begins what begins in this millisecond and hands out every message that is due in it; without a sink they pass unseen.
    /// </summary>
    public void Tick(long millisecond, Instant time, PacketSink? sink)
    {
        for (_callsOwed += _callsPerMillisecond; _callsOwed >= 1; _callsOwed--)
            _wheel.Add(millisecond, new CallWheel.Entry(_firstCall + (_calls++ * 0x100), _scriptOfPercent[_calls * 37 % 100], 0));

        while (_wheel.TryTake(millisecond, out CallWheel.Entry entry))
        {
            PacketTemplate[][] script = _templates[entry.Script];
            PacketTemplate template = script[entry.Step][(int)(entry.Call >> 8 & 0xffff) & (Variants - 1)];
            if (sink is not null)
                template.Write(sink.Take(template.Length), entry.Call, time);
            if (entry.Step + 1 < script.Length)
            {
                int delay = CallScript.All[entry.Script].Steps[entry.Step + 1].DelayMs;
                // No two calls ring equally long.
                delay += (int)(entry.Call >> 8 & 0xffff) % Math.Max(1, delay / 4);
                _wheel.Add(millisecond + Math.Max(1, delay), entry with { Step = (byte)(entry.Step + 1) });
            }
        }
    }
}
