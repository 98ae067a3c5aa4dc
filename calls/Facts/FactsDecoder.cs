using Homer.Search.Protocol;
using static Homer.Search.Calls.FactsFormat;

namespace Homer.Search.Calls;

/// <summary>Reads facts back; hostile octets are refused, never followed. Not for use by two threads at once.</summary>
sealed class FactsDecoder
{
    readonly List<int> _texts = [];
    readonly List<uint> _hashes = [];
    readonly List<uint> _hops = [];
    readonly List<uint> _agents = [];
    int _version;

    /// <summary>Fills empty facts. False when the octets are not what <see cref="FactsEncoder"/> makes; the facts are then empty again.</summary>
    public bool TryRead(ReadOnlySpan<byte> octets, CallFacts facts)
    {
        var reader = new OctetReader(octets);
        _version = reader.Octet();
        bool isRead = _version is >= FirstVersion and <= FactsFormat.Version && TryRead(ref reader, facts) && !reader.HasFailed && reader.IsAtEnd;
        if (!isRead)
            facts.Clear();
        return isRead;
    }

    bool TryRead(ref OctetReader reader, CallFacts facts)
    {
        int flags = reader.Octet();
        long unit = (flags & WholeMicroseconds) != 0 ? 1000 : 1;
        var first = new Instant(reader.Fixed64());
        Instant last = At(reader.Number(), first, unit);
        long messages = (long)reader.Number();
        for (int count = reader.Number(byte.MaxValue); count > 0; count--)
            facts.Apply(reader.Fixed32(), (long)reader.Number());

        _texts.Clear();
        for (int count = reader.Number(MaximumTable); count > 0; count--)
            _texts.Add(facts.Texts.Add(reader.Octets(reader.Octet())));
        _hashes.Clear();
        for (int count = reader.Number(MaximumTable); count > 0; count--)
            _hashes.Add(reader.Fixed32());
        _hops.Clear();
        for (int count = reader.Number(MaximumTable); count > 0; count--)
            _hops.Add(facts.Add(new Hop((TransportProtocol)reader.Octet(), ReadEnd(ref reader), ReadEnd(ref reader))));
        _agents.Clear();
        for (int count = reader.Number(MaximumTable); count > 0; count--)
            _agents.Add(facts.AddAgent((uint)Math.Min(reader.Number(), uint.MaxValue), facts.Texts[Entry(_texts, ref reader)]));

        if ((flags & HasSession) != 0)
            facts.Session = Entry(_texts, ref reader);
        for (int count = reader.Number(CallFacts.MaximumIdentifiers); count > 0; count--)
            facts.AddIdentifier(facts.Texts[Entry(_texts, ref reader)]);
        for (int count = reader.Number(CallFacts.MaximumOpenings); count > 0; count--)
            facts.Add(ReadOpening(ref reader, first, unit));

        int sightings = reader.Number(CallFacts.MaximumSightings);
        MessageKey before = default;
        for (; sightings > 0 && !reader.HasFailed; sightings--)
        {
            Sighting sighting = ReadSighting(ref reader, before, first, unit);
            facts.Add(sighting);
            before = sighting.Key;
        }

        facts.Count(messages, first, last);
        facts.IsTruncated = (flags & Truncated) != 0;
        facts.HasLostFacts = (flags & Lost) != 0;
        return messages > 0 && last >= first && IsSound(facts);
    }

    /// <summary>What the summary takes for granted: something was seen, and every hop and agent that is named is there.</summary>
    static bool IsSound(CallFacts facts)
    {
        foreach (ref readonly Sighting sighting in facts.Sightings)
        {
            if (facts.HopIndex(sighting.Key.Hop) < 0 || facts.AgentIndex(sighting.Key.Agent) < 0)
                return false;
        }

        foreach (ref readonly Opening opening in facts.Openings)
        {
            if (facts.HopIndex(opening.Hop) < 0)
                return false;
        }

        return facts.Sightings.Length > 0 && facts.Openings.Length > 0;
    }

    Opening ReadOpening(ref OctetReader reader, Instant first, long unit)
    {
        int rank = reader.Octet();
        var opening = new Opening
        {
            Rank = (OpeningRank)(rank & ~FactsFormat.CallerIsHigh),
            CallerIsHigh = (rank & FactsFormat.CallerIsHigh) != 0,
            Method = (Method)reader.Octet(),
            ViaCount = reader.Number(int.MaxValue),
            Hop = Entry(_hops, ref reader),
            FromTag = Entry(_hashes, ref reader),
            First = At(reader.Number(), first, unit),
        };

        Span<int> numbers = stackalloc int[Opening.TextCount];
        foreach (ref int number in numbers)
            number = OptionalText(ref reader);
        opening.SetTexts(numbers);
        return opening;
    }

    Sighting ReadSighting(ref OctetReader reader, in MessageKey before, Instant first, long unit)
    {
        int differences = reader.Octet();
        (uint cseq, Method method, uint fromTag) = (differences & NewStart) == 0
            ? (before.CSeq, before.Method, before.FromTag)
            : ((uint)Math.Min(reader.Number(), uint.MaxValue), (Method)reader.Octet(), Entry(_hashes, ref reader));
        (int code, uint toTag) = (differences & NewAnswer) == 0 ? (before.Code, before.ToTag) : (reader.Number(ushort.MaxValue), Entry(_hashes, ref reader));
        (uint hop, bool reversed) = (before.Hop, before.Reversed);
        if ((differences & NewHop) != 0)
        {
            int entry = reader.Number(MaximumTable << 1);
            (hop, reversed) = (Entry(_hops, entry >> 1), (entry & 1) != 0);
        }

        uint branch = (differences & NewBranch) == 0 ? before.Branch : Entry(_hashes, ref reader);
        uint agent = (differences & NewAgent) == 0 ? before.Agent : Entry(_agents, ref reader);
        Instant time = At(reader.Number(), first, unit);
        var sighting = new Sighting
        {
            Key = new MessageKey(cseq, method, code, fromTag, toTag, hop, reversed, branch, agent),
            Count = 1,
            First = time,
            Last = time,
        };

        if ((differences & Repeated) != 0)
        {
            sighting.Count = Math.Max(1, reader.Number(int.MaxValue));
            sighting.Last = At(reader.Number(), time, unit);
        }

        if ((differences & HasTexts) != 0)
        {
            sighting.Phrase = OptionalText(ref reader);
            sighting.Reason = OptionalText(ref reader);
            sighting.Codecs = OptionalText(ref reader);
        }

        if ((differences & HasMarks) != 0)
            sighting.Marks = _version == FirstVersion ? MessageMarks.Withdraws : (MessageMarks)reader.Number(ushort.MaxValue);
        return sighting;
    }

    static HopEnd ReadEnd(ref OctetReader reader)
    {
        int length = reader.Number(16);
        if (length is not (0 or 4 or 16))
            reader.Fail();
        ReadOnlySpan<byte> address = reader.Octets(length);
        return HopEnd.Of(address, (ushort)reader.Number(ushort.MaxValue));
    }

    int OptionalText(ref OctetReader reader) => reader.Number(_texts.Count) is var number && number == 0 ? 0 : _texts[number - 1];

    static T? Entry<T>(List<T> table, ref OctetReader reader) => Entry(table, reader.Number(Math.Max(0, table.Count - 1)));

    static T? Entry<T>(List<T> table, int index) => index < table.Count ? table[index] : default;

    static Instant At(ulong distance, Instant from, long unit) => new(from.Nanoseconds + ((long)distance * unit));
}
