using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>The call flow: a lane for each address and port, an arrow for each message, in the order in which they happened.</summary>
/// <param name="Lanes">By first appearance, so that the caller stands left.</param>
public sealed record Ladder(IReadOnlyList<Lane> Lanes, IReadOnlyList<Arrow> Arrows)
{
    /// <summary>Draws the messages of one call or of a whole session, given in any order. Copies of one message on one hop make one arrow.</summary>
    public static Ladder Of(IReadOnlyList<Document> messages) => throw new NotImplementedException();
}

/// <summary>One end of a hop.</summary>
/// <param name="Address">Address and port, <c>10.0.0.1:5060</c> or <c>[2001:db8::1]:5060</c>.</param>
/// <param name="UserAgent">What it calls itself, when it sent a request or response that says so.</param>
public sealed record Lane(string Address, string? UserAgent);

/// <summary>One message from lane to lane.</summary>
/// <param name="Message">The captured message: its identifier, raw bytes and fields.</param>
/// <param name="From">Number of the lane that sent it.</param>
/// <param name="To">Number of the lane it went to.</param>
/// <param name="Time">Capture time.</param>
/// <param name="SinceStart">Since the first arrow.</param>
/// <param name="SincePrevious">Since the arrow above; never negative, agents' clocks may differ by milliseconds.</param>
/// <param name="Label"><c>INVITE</c>, <c>180 Ringing</c>, <c>200 OK (INVITE)</c>.</param>
/// <param name="StatusCode">0 for a request.</param>
/// <param name="HasSdp">It carries a session description.</param>
/// <param name="IsRetransmission">The same message again on the same hop.</param>
/// <param name="Observers">Names of the capture agents that saw it.</param>
public sealed record Arrow(
    Document Message, int From, int To, Instant Time, TimeSpan SinceStart, TimeSpan SincePrevious, string Label, int StatusCode, bool HasSdp,
    bool IsRetransmission, IReadOnlyList<string> Observers);
