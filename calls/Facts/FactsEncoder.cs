using Homer.Search.Protocol;
using static Homer.Search.Calls.FactsFormat;

namespace Homer.Search.Calls;

/// <summary>Writes facts as <see cref="FactsFormat"/> says. Not for use by two threads at once.</summary>
sealed class FactsEncoder
{
    const long Microsecond = 1000;

    readonly OctetWriter _blob = new();
    readonly OctetWriter _body = new();
    readonly List<int> _texts = [];
    readonly List<uint> _hashes = [];
    readonly List<uint> _hops = [];
    readonly List<uint> _agents = [];

    /// <summary>The octets; they live until the next call.</summary>
    public ReadOnlySpan<byte> Write(CallFacts facts)
    {
        _blob.Clear();
        _body.Clear();
        _texts.Clear();
        _hashes.Clear();
        _hops.Clear();
        _agents.Clear();

        long unit = UnitOf(facts);
        WriteBody(facts, unit);

        _blob.Octet(FactsFormat.Version);
        _blob.Octet((facts.IsTruncated ? Truncated : 0) | (facts.HasLostFacts ? Lost : 0) | (unit > 1 ? WholeMicroseconds : 0) | (facts.Session > 0 ? HasSession : 0));
        _blob.Fixed64(facts.First.Nanoseconds);
        _blob.Number(Distance(facts.Last, facts, unit));
        _blob.Number((ulong)facts.Messages);
        _blob.Number(facts.Applied.Length);
        foreach ((uint journal, long position) in facts.Applied)
        {
            _blob.Fixed32(journal);
            _blob.Number((ulong)position);
        }

        WriteTables(facts);
        _blob.Octets(_body.Written);
        return _blob.Written;
    }

    void WriteBody(CallFacts facts, long unit)
    {
        if (facts.Session > 0)
            _body.Number(Entry(_texts, facts.Session));
        _body.Number(facts.Identifiers.Length);
        foreach (int identifier in facts.Identifiers)
            _body.Number(Entry(_texts, identifier));

        Span<int> numbers = stackalloc int[Opening.TextCount];
        _body.Number(facts.Openings.Length);
        foreach (ref readonly Opening opening in facts.Openings)
        {
            _body.Octet((int)opening.Rank | (opening.CallerIsHigh ? CallerIsHigh : 0));
            _body.Octet((int)opening.Method);
            _body.Number(opening.ViaCount);
            _body.Number(Entry(_hops, opening.Hop));
            _body.Number(Entry(_hashes, opening.FromTag));
            _body.Number(Distance(opening.First, facts, unit));
            opening.CopyTexts(numbers);
            foreach (int number in numbers)
                _body.Number(number == 0 ? 0 : Entry(_texts, number) + 1);
        }

        _body.Number(facts.Sightings.Length);
        MessageKey before = default;
        foreach (ref readonly Sighting sighting in facts.Sightings)
        {
            WriteSighting(sighting, before, facts, unit);
            before = sighting.Key;
        }
    }

    void WriteSighting(in Sighting sighting, in MessageKey before, CallFacts facts, long unit)
    {
        MessageKey key = sighting.Key;
        int differences =
            (key.CSeq != before.CSeq || key.Method != before.Method || key.FromTag != before.FromTag ? NewStart : 0)
            | (key.Code != before.Code || key.ToTag != before.ToTag ? NewAnswer : 0)
            | (key.Hop != before.Hop || key.Reversed != before.Reversed ? NewHop : 0)
            | (key.Branch != before.Branch ? NewBranch : 0)
            | (key.Agent != before.Agent ? NewAgent : 0)
            | (sighting.Count > 1 ? Repeated : 0)
            | (sighting.Phrase + sighting.Reason + sighting.Codecs > 0 ? HasTexts : 0)
            | (sighting.Marks != 0 ? HasMarks : 0);

        _body.Octet(differences);
        if ((differences & NewStart) != 0)
        {
            _body.Number(key.CSeq);
            _body.Octet((int)key.Method);
            _body.Number(Entry(_hashes, key.FromTag));
        }

        if ((differences & NewAnswer) != 0)
        {
            _body.Number(key.Code);
            _body.Number(Entry(_hashes, key.ToTag));
        }

        if ((differences & NewHop) != 0)
            _body.Number((Entry(_hops, key.Hop) << 1) | (key.Reversed ? 1 : 0));
        if ((differences & NewBranch) != 0)
            _body.Number(Entry(_hashes, key.Branch));
        if ((differences & NewAgent) != 0)
            _body.Number(Entry(_agents, key.Agent));
        _body.Number(Distance(sighting.First, facts, unit));
        if ((differences & Repeated) != 0)
        {
            _body.Number(sighting.Count);
            _body.Number((ulong)((sighting.Last.Nanoseconds - sighting.First.Nanoseconds) / unit));
        }

        if ((differences & HasTexts) != 0)
        {
            foreach (int number in (ReadOnlySpan<int>)[sighting.Phrase, sighting.Reason, sighting.Codecs])
                _body.Number(number == 0 ? 0 : Entry(_texts, number) + 1);
        }

        if ((differences & HasMarks) != 0)
            _body.Number((int)sighting.Marks);
    }

    void WriteTables(CallFacts facts)
    {
        // The names of the agents are texts too: they are entered before the table of texts is written.
        foreach (uint agent in _agents)
            Entry(_texts, facts.Agents[facts.AgentIndex(agent)].Name);

        _blob.Number(_texts.Count);
        foreach (int text in _texts)
        {
            _blob.Octet(facts.Texts[text].Length);
            _blob.Octets(facts.Texts[text]);
        }

        _blob.Number(_hashes.Count);
        foreach (uint hash in _hashes)
            _blob.Fixed32(hash);

        Span<byte> address = stackalloc byte[16];
        _blob.Number(_hops.Count);
        foreach (uint hash in _hops)
        {
            Hop hop = facts.Hops[facts.HopIndex(hash)];
            _blob.Octet((int)hop.Transport);
            foreach (HopEnd end in (ReadOnlySpan<HopEnd>)[hop.Low, hop.High])
            {
                _blob.Octet(end.Length);
                _blob.Octets(end.Write(address));
                _blob.Number(end.Port);
            }
        }

        _blob.Number(_agents.Count);
        foreach (uint hash in _agents)
        {
            Agent agent = facts.Agents[facts.AgentIndex(hash)];
            _blob.Number(agent.Id);
            _blob.Number(Entry(_texts, agent.Name));
        }
    }

    static int Entry<T>(List<T> table, T value)
        where T : struct
    {
        int index = table.IndexOf(value);
        if (index >= 0)
            return index;
        table.Add(value);
        return table.Count - 1;
    }

    static ulong Distance(Instant time, CallFacts facts, long unit) => (ulong)((time.Nanoseconds - facts.First.Nanoseconds) / unit);

    static long UnitOf(CallFacts facts)
    {
        bool isWhole = facts.First.Nanoseconds % Microsecond == 0 && facts.Last.Nanoseconds % Microsecond == 0;
        foreach (ref readonly Sighting sighting in facts.Sightings)
            isWhole &= sighting.First.Nanoseconds % Microsecond == 0 && sighting.Last.Nanoseconds % Microsecond == 0;
        foreach (ref readonly Opening opening in facts.Openings)
            isWhole &= opening.First.Nanoseconds % Microsecond == 0;
        return isWhole ? Microsecond : 1;
    }
}
