namespace Homer.Search.Server.Doctor;

enum Verdict
{
    Good,

    /// <summary>Works, but will disappoint under load or in time.</summary>
    Doubtful,

    /// <summary>The server will not do its work.</summary>
    Wrong,
}

/// <summary>What one check found.</summary>
/// <param name="Text">What is, and when something is amiss, how to mend it.</param>
sealed record Finding(string Subject, Verdict Verdict, string Text);
