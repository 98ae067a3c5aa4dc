using System.Globalization;
using System.Net;
using System.Text;
using Homer.Search.Calls;

namespace Homer.Search.Web.Parts;

/// <summary>
/// Draws a <see cref="Ladder"/> as SVG: lanes, arrows with time and delta, each a link to its message below; log lines and reports as dots, long pauses as gaps.
/// </summary>
static class LadderSvg
{
    const int TimeColumn = 150;
    const int LaneWidth = 230;
    const int HeadHeight = 52;
    const int RowHeight = 36;
    const int ArrowHead = 7;
    const int LegTones = 6;

    public static string Draw(Ladder ladder, IReadOnlyList<LadderRow> rows)
    {
        int width = TimeColumn + (ladder.Lanes.Count * LaneWidth);
        int height = HeadHeight + (rows.Count * RowHeight) + 12;
        var svg = new StringBuilder(512 + (rows.Count * 420));
        Append(svg, $"<svg class=\"ladder\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"Call flow\">");
        for (int lane = 0; lane < ladder.Lanes.Count; lane++)
        {
            int x = Center(lane);
            Append(svg, $"<text class=\"lane\" x=\"{x}\" y=\"18\">{Encode(ladder.Lanes[lane].Name)}</text>");
            if (ladder.Lanes[lane].UserAgent is { } agent)
                Append(svg, $"<text class=\"agent\" x=\"{x}\" y=\"35\">{Encode(Shorten(agent))}</text>");
            Append(svg, $"<line class=\"life\" x1=\"{x}\" y1=\"{HeadHeight - 10}\" x2=\"{x}\" y2=\"{height}\"/>");
        }

        for (int row = 0; row < rows.Count; row++)
        {
            int y = HeadHeight + (row * RowHeight) + 24;
            if (rows[row] is LadderRow.Message message)
                AppendArrow(svg, ladder.Arrows[message.Number], message, y, hasLegs: ladder.Legs.Count > 1);
            else if (rows[row] is LadderRow.Event { Mark: var mark })
                AppendMark(svg, mark, y);
            else if (rows[row] is LadderRow.Pause pause)
                Append(svg, $"<text class=\"pause\" x=\"4\" y=\"{y}\">⋮ {Shown.Duration((long)pause.Length.TotalMilliseconds)}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The anchor of an arrow's message on the same page.</summary>
    public static string Anchor(int row) => string.Create(CultureInfo.InvariantCulture, $"message-{row + 1}");

    /// <summary>The colour of a leg; further legs take them in turn.</summary>
    public static string LegTone(int leg) => string.Create(CultureInfo.InvariantCulture, $"leg{leg % LegTones}");

    /// <summary>What colours an arrow: request, provisional, success, redirect or failure.</summary>
    public static string Tone(int statusCode) => statusCode switch
    {
        0 => "request",
        < 200 => "provisional",
        < 300 => "success",
        < 400 => "redirect",
        _ => "failure",
    };

    static void AppendMark(StringBuilder svg, LadderMark mark, int y)
    {
        int x = mark.Lane is { } lane ? Center(lane) : TimeColumn;
        Append(svg, $"<g class=\"mark\"><title>{Encode(mark.Label)}</title><text class=\"time\" x=\"4\" y=\"{y}\">{Shown.TimeOfDay(mark.Time)}</text>");
        Append(svg, $"<circle cx=\"{x}\" cy=\"{y - 4}\" r=\"4\"/><text x=\"{x + 10}\" y=\"{y}\">{Encode(mark.Label)}</text></g>");
    }

    static void AppendArrow(StringBuilder svg, Arrow arrow, LadderRow.Message row, int y, bool hasLegs)
    {
        int from = Center(arrow.From);
        int to = Center(arrow.To);
        Append(svg, $"<a href=\"#{Anchor(row.Number)}\" class=\"{Tone(arrow.StatusCode)}{(arrow.IsRetransmission ? " again" : "")}\">");
        Append(svg, $"<title>{Encode(Hint(arrow))}</title>");
        Append(svg, $"<rect x=\"0\" y=\"{y - 22}\" width=\"100%\" height=\"{RowHeight}\"/>");
        if (hasLegs)
            Append(svg, $"<rect class=\"{LegTone(arrow.Leg)}\" x=\"{TimeColumn - 14}\" y=\"{y - 20}\" width=\"6\" height=\"{RowHeight - 4}\"/>");
        Append(svg, $"<text class=\"time\" x=\"4\" y=\"{y - 3}\">{Shown.TimeOfDay(arrow.Time)}</text>");
        Append(svg, $"<text class=\"delta\" x=\"4\" y=\"{y + 10}\">{(row.Number == 0 ? "" : Shown.Delta(arrow.SincePrevious))}</text>");
        string label = Encode(Shorten(arrow.Label)) + (arrow.HasSdp ? " <tspan class=\"sdp\">SDP</tspan>" : "") + (arrow.IsRetransmission ? " ↻" : "")
            + (row.Again == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ×{row.Again + 1} in {row.Until.Since(arrow.Time).TotalSeconds:0.0} s"));
        if (from == to)
        {
            Append(svg, $"<text class=\"label\" x=\"{from + 34}\" y=\"{y - 3}\" text-anchor=\"start\">{label}</text>");
            Append(svg, $"<path d=\"M{from} {y - 8}h26v12h-20\"/><path class=\"head\" d=\"M{from} {y + 4}l{ArrowHead} -4v8z\"/>");
        }
        else
        {
            int direction = to > from ? -1 : 1;
            Append(svg, $"<text class=\"label\" x=\"{(from + to) / 2}\" y=\"{y - 6}\">{label}</text>");
            Append(svg, $"<path d=\"M{from} {y}H{to + (direction * ArrowHead)}\"/>");
            Append(svg, $"<path class=\"head\" d=\"M{to} {y}l{direction * ArrowHead} -4v8z\"/>");
        }

        svg.Append("</a>");
    }

    static string Hint(Arrow arrow) => string.Create(
        CultureInfo.InvariantCulture,
        $"{arrow.Label}, {arrow.SinceStart.TotalSeconds:0.000} s after the start, seen by {string.Join(", ", arrow.Observers)}{(arrow.IsRetransmission ? ", a retransmission" : "")}");

    static int Center(int lane) => TimeColumn + (lane * LaneWidth) + (LaneWidth / 2);

    static string Shorten(string text) => text.Length <= 30 ? text : text[..29] + "…";

    static string Encode(string text) => WebUtility.HtmlEncode(text);

    static void Append(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
