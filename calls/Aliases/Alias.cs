using System.Globalization;
using System.Net;

namespace Homer.Search.Calls;

/// <summary>What people call a place in the network.</summary>
/// <param name="Port">Only this port; null for all.</param>
/// <param name="Agent">Only as this capture agent sees it, by its id: addresses of private networks come again; null for all.</param>
public sealed record Alias(string Name, IPNetwork Network, int? Port, uint? Agent)
{
    /// <summary>What has one name at most.</summary>
    public (IPNetwork Network, int? Port, uint? Agent) Place => (Network, Port, Agent);

    /// <summary>The network; a single address without the length of its prefix.</summary>
    public string Ip => Network.PrefixLength == 8 * Network.BaseAddress.GetAddressBytes().Length ? $"{Network.BaseAddress}" : $"{Network}";

    public WrittenAlias Written => new(Name, Ip, Port, Agent);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Ip}{(Port is { } port ? $" port {port}" : "")}{(Agent is { } agent ? $" of agent {agent}" : "")}");
}

/// <summary>An alias as somebody wrote it; nothing of it has been looked at.</summary>
public sealed record WrittenAlias(string Name, string Ip, long? Port, long? Agent);
