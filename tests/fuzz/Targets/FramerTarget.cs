using System.Buffers;
using Homer.Search.Protocol.Hep;

namespace Homer.Search.Tests.Fuzz;

/// <summary>Packets of a stream, whatever pieces it comes in.</summary>
sealed class FramerTarget : FuzzTarget
{
    internal override string Name => "framer";

    internal override IEnumerable<byte[]> Seeds
    {
        get
        {
            byte[][] packets = [.. Fixtures.Named("hep", "kamailio-v3-0*.bin").Append("hep/vectors/v3-min.bin").Append("hep/vectors/v3-ping.bin").Select(Fixtures.Read)];
            foreach (byte[] packet in packets)
                yield return packet;
            yield return [.. packets[^1], .. packets[^2], .. packets[^1]];
            yield return [.. packets[^2], .. packets[0], .. packets[^2].Take(7)];
        }
    }

    internal override IReadOnlyList<string> Words { get; } = ["HEP3\0\x06", "HEP3\0\x07x", "HEP3\0\x05", "EEP3\0\x06", "EEP1\0\x06", "HEP", "EE", "\x1f\x8b", "\x02\x10", "HEP3\xff\xff"];

    internal override Facts Read(byte[] input)
    {
        var facts = new Facts();
        ReadOnlySequence<byte> stream = Torn(input);
        while (true)
        {
            HepFrameStatus status = HepFramer.Read(ref stream, out ReadOnlySequence<byte> frame, out HepRejection rejection);
            if (status != HepFrameStatus.Done)
                return Add(facts, status.ToString(), rejection).Add("rest", stream.Length);
            facts.Add("frame", frame.ToArray());
        }
    }

    internal override Facts? Reread(byte[] input)
    {
        var facts = new Facts();
        int place = 0;
        while (true)
        {
            string rest = Text(input.AsSpan(place..));
            if (!((string[])["HEP3", "EEP3", "EEP1"]).Any(magic => magic.StartsWith(rest[..Math.Min(rest.Length, 4)], StringComparison.Ordinal)))
                return Add(facts, "Invalid", rest.StartsWith("\x1f\x8b", StringComparison.Ordinal) ? HepRejection.CompressedFrame : HepRejection.NotHep).Add("rest", rest.Length);
            int total = rest.Length < 6 ? int.MaxValue : (rest[4] * 256) + rest[5];
            if (total < 6)
                return Add(facts, "Invalid", HepRejection.BadTotalLength).Add("rest", rest.Length);
            if (total > rest.Length)
                return Add(facts, "NeedMoreData", HepRejection.None).Add("rest", rest.Length);
            facts.Add("frame", rest[..total]);
            place += total;
        }
    }

    /// <summary>What a person is told of a foreign protocol depends on how much of its first line is there; that it is foreign does not.</summary>
    static Facts Add(Facts facts, string status, HepRejection rejection) =>
        facts.Add("status", status)
            .Add("rejection", (rejection is HepRejection.None or HepRejection.CompressedFrame or HepRejection.BadTotalLength ? rejection : HepRejection.NotHep).ToString());

    /// <summary>The input in segments of 1 to 9 octets or in one, as its own octets say.</summary>
    static ReadOnlySequence<byte> Torn(byte[] input)
    {
        uint chance = input.Aggregate(2166136261u, static (hash, octet) => (hash ^ octet) * 16777619u);
        if (chance % 4 == 0)
            return new(input);
        Segment first = new(default, null);
        Segment last = first;
        for (int place = 0; place < input.Length;)
        {
            chance = (chance * 1664525) + 1013904223;
            int length = Math.Min(input.Length - place, (int)(chance >> 24) % 10);
            last = new Segment(input.AsMemory(place, length), last);
            place += length;
        }

        return new(first, 0, last, last.Memory.Length);
    }

    sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        internal Segment(ReadOnlyMemory<byte> octets, Segment? before)
        {
            Memory = octets;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
