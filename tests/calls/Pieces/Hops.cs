namespace Homer.Search.Tests.Calls;

/// <summary>Lets a captured call be seen in more places than one.</summary>
static class Hops
{
    public const string ProxyIn = "10.0.0.2:5060";
    public const string Next = "10.0.0.9:5060";

    /// <summary>
    /// The callee of the scenario becomes a proxy that forwards each message to (or had it from) a further hop, a millisecond away; the agent on the proxy
    /// reports both. Its clock decides nothing new: <paramref name="skew"/> shifts what another agent says of the further hop.
    /// </summary>
    public static IEnumerable<Message> ThroughProxy(this IEnumerable<Message> messages, string agent = "edge-1", double skew = 0) => messages.SelectMany(message =>
    {
        bool isForward = message.From == Scenarios.Caller;
        double time = message.Milliseconds + (isForward ? 1 : -1) + skew;
        Message further = message with
        {
            Milliseconds = time,
            From = isForward ? ProxyIn : Next,
            To = isForward ? Next : ProxyIn,
            Branch = message.Branch + "-further",
            ViaCount = message.IsRequest == isForward ? message.ViaCount + 1 : Math.Max(1, message.ViaCount + 1),
            Agent = agent,
        };
        // 100 is told hop by hop, never forwarded.
        return message.StartLine.Contains(" 100 ", StringComparison.Ordinal) ? [message] : new[] { message, further };
    });

    /// <summary>A second agent sees the same messages on the same hop, by its own clock.</summary>
    public static IEnumerable<Message> SeenBy(this IEnumerable<Message> messages, string agent, uint agentId, double skew) =>
        messages.SelectMany(message => new[] { message, message with { Agent = agent, AgentId = agentId, Milliseconds = message.Milliseconds + skew } });
}
