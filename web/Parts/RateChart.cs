using System.Globalization;
using System.Text;
using Homer.Search.Protocol;

namespace Homer.Search.Web.Parts;

/// <summary>One stacked bar an interval: what was normal below, what failed on top.</summary>
static class RateChart
{
    const int BarWidth = 10;
    const int Height = 120;

    /// <summary>Draws the bars from left (oldest) to right; each has a hint with its time and counts.</summary>
    public static string Draw(IReadOnlyList<(Instant Start, long Normal, long Failed)> bars)
    {
        long highest = Math.Max(1, bars.Count == 0 ? 1 : bars.Max(bar => bar.Normal + bar.Failed));
        int width = bars.Count * BarWidth;
        var svg = new StringBuilder();
        Append(svg, $"<svg class=\"rate\" viewBox=\"0 0 {width} {Height}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Calls a minute, at most {highest}\">");
        for (int number = 0; number < bars.Count; number++)
        {
            (Instant start, long normal, long failed) = bars[number];
            double failedHeight = (double)Height * failed / highest;
            double normalHeight = (double)Height * normal / highest;
            int x = number * BarWidth;
            Append(svg, $"<g><title>{Shown.TimeOfDay(start)[..5]}: {normal + failed} calls, {failed} failed</title>");
            Append(svg, $"<rect class=\"hover\" x=\"{x}\" y=\"0\" width=\"{BarWidth}\" height=\"{Height}\"/>");
            Append(svg, $"<rect class=\"normal\" x=\"{x + 1}\" y=\"{Height - normalHeight:0.#}\" width=\"{BarWidth - 2}\" height=\"{normalHeight:0.#}\"/>");
            Append(svg, $"<rect class=\"failed\" x=\"{x + 1}\" y=\"{Height - normalHeight - failedHeight:0.#}\" width=\"{BarWidth - 2}\" height=\"{failedHeight:0.#}\"/></g>");
        }

        return svg.Append("</svg>").ToString();
    }

    static void Append(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
