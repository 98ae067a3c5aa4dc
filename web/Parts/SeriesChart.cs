using System.Globalization;
using System.Text;
using Homer.Search.Protocol;

namespace Homer.Search.Web.Parts;

/// <summary>A small line of values over time, each point with its time and value as a hint. Where a value is missing the line has a gap.</summary>
static class SeriesChart
{
    const int Width = 160;
    const int Height = 28;

    /// <summary>Empty with less than two values: a number says it better.</summary>
    public static string Draw(string name, IReadOnlyList<(Instant Time, double? Value)> points, string unit)
    {
        if (points.Count(point => point.Value is not null) < 2)
            return "";
        double highest = Math.Max(points.Max(point => point.Value) ?? 0, double.Epsilon);
        double span = Math.Max(1, points[^1].Time.Since(points[0].Time).TotalMilliseconds);
        var line = new StringBuilder();
        var dots = new StringBuilder();
        bool isGap = true;
        foreach ((Instant time, double? value) in points)
        {
            if (value is not { } known)
            {
                isGap = true;
                continue;
            }

            double x = 2 + ((Width - 4) * time.Since(points[0].Time).TotalMilliseconds / span);
            double y = Height - 3 - ((Height - 6) * known / highest);
            Append(line, $"{(isGap ? 'M' : 'L')}{x:0.#} {y:0.#}");
            Append(dots, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"1.5\"><title>{Shown.TimeOfDay(time)}: {known:0.##} {unit}</title></circle>");
            isGap = false;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"series\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"{name}, at most {highest:0.##} {unit}\"><path d=\"{line}\"/>{dots}</svg>");
    }

    static void Append(StringBuilder text, FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
}
