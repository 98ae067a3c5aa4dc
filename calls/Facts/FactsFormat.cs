namespace Homer.Search.Calls;

/// <summary>
/// <see cref="CallFacts"/> as the octets stored in <c>call.summary</c>: the same facts are the same octets. Tables of texts, hashes, hops and agents stand
/// first, and what follows names their entries by number; times are distances from the first message, in microseconds when all are whole ones; a sighting
/// says only in what it differs from the one before.
/// </summary>
/// <remarks>
/// A change to what is written takes a new <see cref="Version"/>, and the old one stays readable. Version 1 had of all marks but
/// <see cref="MessageMarks.Withdraws"/>, as the difference that now says that marks follow; version 2 had no session.
/// </remarks>
static class FactsFormat
{
    public const byte Version = 3;
    public const byte FirstVersion = 1;

    // The facts.
    public const int Truncated = 1;
    public const int Lost = 2;
    public const int WholeMicroseconds = 4;
    public const int HasSession = 8;

    // One sighting.
    public const int NewStart = 1;
    public const int NewAnswer = 2;
    public const int NewHop = 4;
    public const int NewBranch = 8;
    public const int NewAgent = 16;
    public const int Repeated = 32;
    public const int HasTexts = 64;
    public const int HasMarks = 128;

    // The rank of an opening shares its octet.
    public const int CallerIsHigh = 128;

    /// <summary>No table is longer: each sighting names two tags and a branch, or three texts and an agent, each opening its tag and texts.</summary>
    public const int MaximumTable = (4 * CallFacts.MaximumSightings) + ((1 + Opening.TextCount) * CallFacts.MaximumOpenings) + CallFacts.MaximumIdentifiers + 1;
}
