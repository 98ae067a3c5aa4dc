using System.Net;

namespace Homer.Search.Api.Schema;

/// <summary>One side of a captured packet.</summary>
public sealed class Endpoint
{
    internal Endpoint(IPAddress? address, long? port)
    {
        Address = address?.ToString();
        Port = (int?)port;
    }

    /// <summary>IPv4 or IPv6 address; null when the agent gave none.</summary>
    public string? Address { get; }

    /// <summary>Port; null when the agent gave none.</summary>
    public int? Port { get; }
}
