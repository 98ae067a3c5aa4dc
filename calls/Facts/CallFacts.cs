using System.Runtime.InteropServices;
using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>
/// What is known of one Call-ID, in a form that merges: of any messages, taken at once or in parts and in any order, the facts are the same.
/// Everything in it is a sum, a least or greatest value, or a set; sets are kept sorted and cut by orders that merging does not change.
/// </summary>
sealed class CallFacts
{
    /// <summary>More are not kept of one Call-ID, however long it is used: the first and the last half by CSeq stay.</summary>
    public const int MaximumSightings = 256;

    /// <summary>The hops nearest the caller of which the texts are kept.</summary>
    public const int MaximumOpenings = 8;

    public const int MaximumIdentifiers = 16;

    readonly List<Sighting> _sightings = [];
    readonly List<Opening> _openings = [];
    readonly List<Hop> _hops = [];
    readonly List<uint> _hopHashes = [];
    readonly List<Agent> _agents = [];
    readonly List<int> _identifiers = [];
    readonly List<(uint Journal, long Position)> _applied = [];

    public Texts Texts { get; } = new();

    /// <summary>Capture time of the first message.</summary>
    public Instant First { get; set; }

    public Instant Last { get; set; }

    /// <summary>Messages captured, wherever.</summary>
    public long Messages { get; set; }

    /// <summary>Some messages or identifiers are counted only.</summary>
    public bool IsTruncated { get; set; }

    /// <summary>Earlier facts could not be read any more; these begin after them.</summary>
    public bool HasLostFacts { get; set; }

    /// <summary>Number of the text that names the session, once legs other than this one are known; set by a job, not folded from messages.</summary>
    public int Session { get; set; }

    /// <summary>Sorted by <see cref="Sighting.Key"/>.</summary>
    public ReadOnlySpan<Sighting> Sightings => CollectionsMarshal.AsSpan(_sightings);

    /// <summary>Sorted, the nearest the caller first.</summary>
    public ReadOnlySpan<Opening> Openings => CollectionsMarshal.AsSpan(_openings);

    public ReadOnlySpan<Hop> Hops => CollectionsMarshal.AsSpan(_hops);

    public ReadOnlySpan<Agent> Agents => CollectionsMarshal.AsSpan(_agents);

    /// <summary>Numbers of texts <c>type=value</c>, sorted by these.</summary>
    public ReadOnlySpan<int> Identifiers => CollectionsMarshal.AsSpan(_identifiers);

    /// <summary>For each journal, the position of its last message that is in these facts; sorted by journal.</summary>
    public ReadOnlySpan<(uint Journal, long Position)> Applied => CollectionsMarshal.AsSpan(_applied);

    public void Clear()
    {
        _sightings.Clear();
        _openings.Clear();
        _hops.Clear();
        _hopHashes.Clear();
        _agents.Clear();
        _identifiers.Clear();
        _applied.Clear();
        Texts.Clear();
        First = Last = default;
        Messages = 0;
        Session = 0;
        IsTruncated = HasLostFacts = false;
    }

    /// <summary>Counts messages and widens the time they span.</summary>
    public void Count(long messages, Instant first, Instant last)
    {
        First = Messages == 0 || first < First ? first : First;
        Last = Messages == 0 || last > Last ? last : Last;
        Messages += messages;
    }

    /// <summary>The hash under which the hop stands here from now on.</summary>
    public uint Add(in Hop hop)
    {
        int known = _hops.IndexOf(hop);
        if (known >= 0)
            return _hopHashes[known];
        uint hash = hop.Hash();
        _hops.Add(hop);
        _hopHashes.Add(hash);
        return hash;
    }

    public uint AddAgent(uint id, ReadOnlySpan<byte> name)
    {
        foreach (Agent agent in Agents)
        {
            if (agent.Id == id && Texts[agent.Name].SequenceEqual(name))
                return agent.Hash;
        }

        int text = Texts.Add(name);
        var added = new Agent(id, text, Agent.HashOf(id, Texts[text]));
        if (AgentIndex(added.Hash) < 0)
            _agents.Add(added);
        return added.Hash;
    }

    public int HopIndex(uint hash) => _hopHashes.IndexOf(hash);

    public int AgentIndex(uint hash)
    {
        for (int index = 0; index < _agents.Count; index++)
        {
            if (_agents[index].Hash == hash)
                return index;
        }

        return -1;
    }

    public void Add(in Sighting sighting)
    {
        int index = Find(sighting.Key);
        if (index >= 0)
        {
            CollectionsMarshal.AsSpan(_sightings)[index].Merge(sighting, Texts);
            return;
        }

        _sightings.Insert(~index, sighting);
        if (_sightings.Count > MaximumSightings)
        {
            _sightings.RemoveAt(MaximumSightings / 2);
            IsTruncated = true;
        }
    }

    /// <summary>Whether such a message is of use: one within a dialog is only while none is known that began it.</summary>
    public bool Wants(OpeningRank rank) => rank < OpeningRank.InDialog || _openings.Count == 0 || _openings[0].Rank >= OpeningRank.InDialog;

    public void Add(in Opening opening)
    {
        if (!Wants(opening.Rank))
            return;

        int index = 0;
        int order = 1;
        while (index < _openings.Count && (order = _openings[index].CompareKey(opening)) < 0)
            index++;

        if (index < _openings.Count && order == 0)
            CollectionsMarshal.AsSpan(_openings)[index].Merge(opening, Texts);
        else
            _openings.Insert(index, opening);

        if (_openings[0].Rank < OpeningRank.InDialog)
            _openings.RemoveAll(static other => other.Rank >= OpeningRank.InDialog);
        if (_openings.Count > MaximumOpenings)
            _openings.RemoveAt(MaximumOpenings);
    }

    public void AddIdentifier(ReadOnlySpan<byte> identifier)
    {
        if (identifier.Length > Texts.MaximumLength)
            return;
        int index = 0;
        int order = 1;
        while (index < _identifiers.Count && (order = Texts[_identifiers[index]].SequenceCompareTo(identifier)) < 0)
            index++;
        if (index < _identifiers.Count && order == 0)
            return;
        if (index == MaximumIdentifiers)
        {
            IsTruncated = true;
            return;
        }

        _identifiers.Insert(index, Texts.Add(identifier));
        if (_identifiers.Count > MaximumIdentifiers)
        {
            _identifiers.RemoveAt(MaximumIdentifiers);
            IsTruncated = true;
        }
    }

    /// <summary>How far the journal is contained: its greatest position; −1 when nothing of it is.</summary>
    public long AppliedOf(uint journal)
    {
        foreach ((uint known, long position) in _applied)
        {
            if (known == journal)
                return position;
        }

        return -1;
    }

    public void Apply(uint journal, long position)
    {
        int index = 0;
        while (index < _applied.Count && _applied[index].Journal < journal)
            index++;
        if (index == _applied.Count || _applied[index].Journal != journal)
            _applied.Insert(index, (journal, position));
        else if (_applied[index].Position < position)
            _applied[index] = (journal, position);
    }

    /// <summary>Adds what <paramref name="other"/> knows; whether it was added before is the caller's to know (<see cref="Applied"/>).</summary>
    public void Merge(CallFacts other)
    {
        Count(other.Messages, other.First, other.Last);
        foreach (Hop hop in other.Hops)
            Add(hop);
        foreach (Agent agent in other.Agents)
            AddAgent(agent.Id, other.Texts[agent.Name]);
        foreach (ref readonly Sighting sighting in other.Sightings)
        {
            Sighting copy = sighting;
            copy.Phrase = Texts.Add(other.Texts[copy.Phrase]);
            copy.Reason = Texts.Add(other.Texts[copy.Reason]);
            copy.Codecs = Texts.Add(other.Texts[copy.Codecs]);
            Add(copy);
        }

        Span<int> numbers = stackalloc int[Opening.TextCount];
        foreach (ref readonly Opening opening in other.Openings)
        {
            Opening copy = opening;
            copy.CopyTexts(numbers);
            foreach (ref int number in numbers)
                number = Texts.Add(other.Texts[number]);
            copy.SetTexts(numbers);
            Add(copy);
        }

        foreach (int identifier in other.Identifiers)
            AddIdentifier(other.Texts[identifier]);
        foreach ((uint journal, long position) in other.Applied)
            Apply(journal, position);
        Session = Texts.Lesser(Session, Texts.Add(other.Texts[other.Session]));
        IsTruncated |= other.IsTruncated;
        HasLostFacts |= other.HasLostFacts;
    }

    int Find(in MessageKey key)
    {
        ReadOnlySpan<Sighting> sightings = Sightings;
        int low = 0;
        int high = sightings.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = sightings[middle].Key.CompareTo(key);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }
}
