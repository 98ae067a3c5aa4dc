namespace Homer.Search.Calls;

/// <summary>The words by which states, outcomes and sides are stored and searched: <c>ring_no_answer</c> for <see cref="CallOutcome.RingNoAnswer"/>.</summary>
public static class CallWords
{
    static readonly string[] States = WordsOf<CallState>();
    static readonly string[] Outcomes = WordsOf<CallOutcome>();
    static readonly string[] Sides = WordsOf<Side>();

    public static string Word(this CallState state) => States[(int)state];

    public static string Word(this CallOutcome outcome) => Outcomes[(int)outcome];

    public static string Word(this Side side) => Sides[(int)side];

    /// <summary>The state a word stands for; null when it is none.</summary>
    public static CallState? State(string? word) => Array.IndexOf(States, word) is var index && index >= 0 ? (CallState)index : null;

    /// <summary>The outcome a word stands for; null when it is none.</summary>
    public static CallOutcome? Outcome(string? word) => Array.IndexOf(Outcomes, word) is var index && index >= 0 ? (CallOutcome)index : null;

    /// <summary>The side a word stands for; null when it is none.</summary>
    public static Side? Side(string? word) => Array.IndexOf(Sides, word) is var index && index >= 0 ? (Side)index : null;

    static string[] WordsOf<T>()
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(name => string.Concat(name.Select((letter, index) =>
            char.IsUpper(letter) ? (index == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString())))];
}
