using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>One message from lane to lane.</summary>
/// <param name="Message">The captured message: its identifier, raw bytes and fields.</param>
/// <param name="From">Number of the lane that sent it.</param>
/// <param name="To">Number of the lane it went to.</param>
/// <param name="Leg">Number of the Call-ID it belongs to.</param>
/// <param name="Time">Capture time.</param>
/// <param name="SinceStart">Since the first arrow.</param>
/// <param name="SincePrevious">Since the arrow above; never negative, agents' clocks may differ by milliseconds.</param>
/// <param name="Label"><c>INVITE</c>, <c>180 Ringing</c>, <c>200 OK (INVITE)</c>.</param>
/// <param name="StatusCode">0 for a request.</param>
/// <param name="HasSdp">It carries a session description.</param>
/// <param name="IsRetransmission">The same message again on the same hop.</param>
/// <param name="Observers">Names of the capture agents that saw it.</param>
public sealed record Arrow(
    Document Message, int From, int To, int Leg, Instant Time, TimeSpan SinceStart, TimeSpan SincePrevious, string Label, int StatusCode, bool HasSdp,
    bool IsRetransmission, IReadOnlyList<string> Observers);
