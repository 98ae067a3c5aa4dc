using System.Net;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>A capture agent as the way in knows it: one id at one address.</summary>
/// <param name="Id">HEP chunk 0x0c.</param>
/// <param name="Name">HEP chunk 0x13, else the id as text: what <c>observer.name</c> says.</param>
/// <param name="Peer">Address its packets come from.</param>
/// <param name="LastSeen">Arrival of its last packet, keep-alives included.</param>
/// <param name="Messages">Packets since this process started, keep-alives left out.</param>
/// <param name="MessagesPerSecond">Average over the last few seconds.</param>
public sealed record CaptureAgent(uint Id, string Name, IPAddress Peer, Instant LastSeen, long Messages, double MessagesPerSecond);
