using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>How often and when one agent saw one message on one hop. Every part merges by sum, least, greatest or union.</summary>
struct Sighting
{
    /// <summary>Agents that see a frame twice (a VLAN interface and its parent) stamp it within this time; a retransmission comes 500 ms later.</summary>
    static readonly long SameFrame = 2 * Instant.NanosecondsPerMillisecond;

    public MessageKey Key;
    public int Count;
    public Instant First;
    public Instant Last;

    /// <summary>Reason phrase of a final answer, in the facts' <see cref="Texts"/>.</summary>
    public int Phrase;

    /// <summary>Reason header of a failure, BYE or CANCEL.</summary>
    public int Reason;

    /// <summary>Codecs of the session description of an INVITE or its answer.</summary>
    public int Codecs;

    public MessageMarks Marks;

    /// <summary>A REGISTER that asks for expiry 0.</summary>
    public readonly bool Withdraws => (Marks & MessageMarks.Withdraws) != 0;

    /// <summary>How often the message was sent again.</summary>
    public readonly int Retransmissions => Last.Nanoseconds - First.Nanoseconds < SameFrame ? 0 : Count - 1;

    public void Merge(in Sighting other, Texts texts)
    {
        Count += other.Count;
        First = other.First < First ? other.First : First;
        Last = other.Last > Last ? other.Last : Last;
        Phrase = texts.Lesser(Phrase, other.Phrase);
        Reason = texts.Lesser(Reason, other.Reason);
        Codecs = texts.Lesser(Codecs, other.Codecs);
        Marks |= other.Marks;
    }
}
