using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>How good a message is as the beginning of a call. Values reach disk: append only.</summary>
enum OpeningRank : byte
{
    /// <summary>INVITE without To-tag.</summary>
    Invite = 0,

    /// <summary>Another request without To-tag.</summary>
    Request = 1,

    /// <summary>A request within a dialog: the beginning was not captured.</summary>
    InDialog = 2,

    /// <summary>A response: no request was captured.</summary>
    Response = 3,
}

/// <summary>The earliest message on one hop that may have begun the call, and what it says of the two sides.</summary>
struct Opening
{
    public OpeningRank Rank;

    /// <summary>Via values: how many hops lie behind it.</summary>
    public int ViaCount;

    public uint Hop;
    public Method Method;

    public Instant First;
    public uint FromTag;

    /// <summary>The caller stands at the second end of the hop.</summary>
    public bool CallerIsHigh;

    // Numbers of texts.
    public int MethodName;
    public int RequestUser;
    public int FromUser;
    public int FromHost;
    public int ToUser;
    public int ToHost;
    public int AssertedUser;
    public int DivertedUser;
    public int UserAgent;

    /// <summary>Nearest the caller first. Depends on nothing that merging changes.</summary>
    public readonly int CompareKey(in Opening other)
    {
        if (Rank != other.Rank)
            return Rank.CompareTo(other.Rank);
        if (ViaCount != other.ViaCount)
            return ViaCount.CompareTo(other.ViaCount);
        return Hop != other.Hop ? Hop.CompareTo(other.Hop) : Method.CompareTo(other.Method);
    }

    /// <summary>The earlier of two with the same key; at the same time the one whose texts sort first.</summary>
    public void Merge(in Opening other, Texts texts)
    {
        int order = other.First.CompareTo(First);
        if (order == 0)
            order = CompareContent(other, this, texts);
        if (order < 0)
            this = other;
    }

    /// <summary>The numbers of all texts, in the order in which they are stored.</summary>
    public const int TextCount = 9;

    public readonly void CopyTexts(Span<int> numbers)
    {
        numbers[0] = MethodName;
        numbers[1] = RequestUser;
        numbers[2] = FromUser;
        numbers[3] = FromHost;
        numbers[4] = ToUser;
        numbers[5] = ToHost;
        numbers[6] = AssertedUser;
        numbers[7] = DivertedUser;
        numbers[8] = UserAgent;
    }

    public void SetTexts(ReadOnlySpan<int> numbers)
    {
        MethodName = numbers[0];
        RequestUser = numbers[1];
        FromUser = numbers[2];
        FromHost = numbers[3];
        ToUser = numbers[4];
        ToHost = numbers[5];
        AssertedUser = numbers[6];
        DivertedUser = numbers[7];
        UserAgent = numbers[8];
    }

    static int CompareContent(in Opening left, in Opening right, Texts texts)
    {
        int order = left.FromTag.CompareTo(right.FromTag);
        if (order == 0)
            order = left.CallerIsHigh.CompareTo(right.CallerIsHigh);

        Span<int> leftTexts = stackalloc int[TextCount];
        Span<int> rightTexts = stackalloc int[TextCount];
        left.CopyTexts(leftTexts);
        right.CopyTexts(rightTexts);
        for (int text = 0; order == 0 && text < TextCount; text++)
            order = texts[leftTexts[text]].SequenceCompareTo(texts[rightTexts[text]]);
        return order;
    }
}
