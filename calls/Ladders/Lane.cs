namespace Homer.Search.Calls;

/// <summary>One end of a hop, drawn as a vertical line.</summary>
/// <param name="Address">Address and port, <c>10.0.0.1:5060</c> or <c>[2001:db8::1]:5060</c>.</param>
/// <param name="UserAgent">What it calls itself, when it sent a message that says so.</param>
/// <param name="Alias">What <c>aliases.yaml</c> calls it.</param>
public sealed record Lane(string Address, string? UserAgent, string? Alias = null)
{
    /// <summary>What it is called: its alias, else its address.</summary>
    public string Name => Alias ?? Address;
}
