using System.Globalization;
using System.Net;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>How findings name messages, times and ends.</summary>
static class FindingWords
{
    /// <summary><c>INVITE</c> or <c>503 Service Unavailable</c>.</summary>
    public static string Label(this Transmission message) => message.IsRequest
        ? message.Method
        : string.Create(CultureInfo.InvariantCulture, $"{message.StatusCode} {message.Message.Text(Fields.ReasonPhrase)}").TrimEnd();

    /// <summary><c>0.5 s</c>, with as many of three decimals as say something.</summary>
    public static string Seconds(this TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0##} s");

    /// <summary>How long after another message it came; never less than nothing, agents' clocks may differ.</summary>
    public static TimeSpan After(this Transmission message, Transmission earlier) =>
        message.Time < earlier.Time ? TimeSpan.Zero : message.Time.Since(earlier.Time);

    public static string Times(this int count) => count == 2 ? "twice" : string.Create(CultureInfo.InvariantCulture, $"{count} times");

    public static string Joined(this IEnumerable<string> names) => string.Join(", ", names);

    /// <summary>The media address its session description names; null without one.</summary>
    public static IPAddress? MediaAddress(this Transmission message) => message.Message.Address(Fields.SdpAddress);

    public static IReadOnlyList<string> Codecs(this Transmission message) => message.Message.Many(Fields.Codecs);

    public static bool HasSdp(this Transmission message) =>
        message.Message.Text(Fields.ContentType) == "application/sdp" || message.Codecs().Count > 0 || message.Message.Integer(Fields.SdpPort) is not null;

    /// <summary>Answers do not reach it from the outside.</summary>
    public static bool IsPrivate(this IPAddress address) => PrivateAddress.Is(address.GetAddressBytes());
}
