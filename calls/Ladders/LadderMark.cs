using System.Globalization;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Calls;

/// <summary>A log line or a quality report beside the messages of a ladder.</summary>
/// <param name="Event">The captured document.</param>
/// <param name="Lane">Number of the lane it came from; null when it came from elsewhere.</param>
/// <param name="Label">What it says, shortened.</param>
public sealed record LadderMark(Document Event, Instant Time, int? Lane, string Label)
{
    const int LongestLabel = 60;

    internal static string LabelOf(Document document)
    {
        string label = document.Kind == DocumentKind.Qos ? Quality(document) : (document.Text(Fields.Text) ?? "").ReplaceLineEndings(" ").Trim();
        return label.Length <= LongestLabel ? label : label[..(LongestLabel - 1)] + "…";
    }

    static string Quality(Document report)
    {
        string[] says =
        [
            .. Said("MOS", report.Decimal(Fields.Mos), "0.0", ""), .. Said("loss", report.Decimal(Fields.LossPercent), "0.#", " %"),
            .. Said("jitter", report.Decimal(Fields.JitterMs), "0.#", " ms"), .. Said("round trip", report.Decimal(Fields.RoundTripMs), "0", " ms"),
        ];
        return $"{report.Text(Fields.QosReport) ?? report.Text(Fields.NetworkProtocol)}{(says.Length == 0 ? "" : $": {string.Join(", ", says)}")}";
    }

    static string[] Said(string name, double? value, string format, string unit) =>
        value is { } number ? [$"{name} {number.ToString(format, CultureInfo.InvariantCulture)}{unit}"] : [];
}
