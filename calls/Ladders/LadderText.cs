using System.Globalization;
using System.Text;

namespace Homer.Search.Calls;

/// <summary>A ladder as text for a terminal: time and distance on the left, a column for each lane, an arrow a line.</summary>
public static class LadderText
{
    /// <summary><c>12:00:00.123456  +0.050000 </c></summary>
    const int Margin = 27;

    const int NarrowestLane = 12;

    /// <param name="width">Columns to fill, 60 or more; lanes that do not fit are drawn narrower.</param>
    public static string Render(Ladder ladder, int width)
    {
        if (ladder.Arrows.Count == 0)
            return "No messages.\n";

        int lanes = ladder.Lanes.Count;
        int column = Math.Max(NarrowestLane, (width - Margin) / lanes);
        var text = new StringBuilder();
        AppendHeads(text, ladder, column);
        foreach (Arrow arrow in ladder.Arrows)
            AppendArrow(text, arrow, lanes, column, ladder.Legs.Count > 1 ? $"{LegName(arrow.Leg)} " : "");
        for (int leg = 0; ladder.Legs.Count > 1 && leg < ladder.Legs.Count; leg++)
            text.Append(CultureInfo.InvariantCulture, $"{LegName(leg)} {ladder.Legs[leg]}\n");
        return text.ToString();
    }

    /// <summary>A to Z, then A1 …: what stands for a leg before its messages.</summary>
    public static string LegName(int leg) =>
        (char)('A' + (leg % 26)) + (leg < 26 ? "" : (leg / 26).ToString(CultureInfo.InvariantCulture));

    static void AppendHeads(StringBuilder text, Ladder ladder, int column)
    {
        var line = new StringBuilder().Append(' ', Margin);
        foreach (Lane lane in ladder.Lanes)
            line.Append(Centred(Fit(lane.Name, column - 1), column));
        AppendLine(text, line);

        line.Clear().Append(' ', Margin);
        foreach (Lane _ in ladder.Lanes)
            line.Append(Centred("│", column));
        AppendLine(text, line);
    }

    static void AppendArrow(StringBuilder text, Arrow arrow, int lanes, int column, string leg)
    {
        char[] cells = new char[lanes * column];
        Array.Fill(cells, ' ');
        for (int lane = 0; lane < lanes; lane++)
            cells[Centre(lane, column)] = '│';

        string label = $"{leg}{(arrow.IsRetransmission ? "↻ " : "")}{arrow.Label}{(arrow.HasSdp ? " (SDP)" : "")}";
        if (arrow.From == arrow.To)
            Write(cells, Centre(arrow.From, column) + 1, Fit("⟲ " + label, column - 2));
        else
            Draw(cells, Centre(arrow.From, column), Centre(arrow.To, column), label, arrow.IsRetransmission ? '╌' : '─');

        var line = new StringBuilder();
        line.Append(arrow.Time.ToDateTimeOffset().ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        double seconds = arrow.SincePrevious.TotalSeconds;
        // Behind a long pause microseconds say nothing, and the columns would shift.
        line.Append(" +").Append(seconds.ToString(seconds < 100 ? "0.000000" : "0.000", CultureInfo.InvariantCulture).PadLeft(9)).Append(' ').Append(cells);
        AppendLine(text, line);
    }

    static void Draw(char[] cells, int from, int to, string label, char stroke)
    {
        (int left, int right) = from < to ? (from, to) : (to, from);
        Array.Fill(cells, stroke, left + 1, right - left - 1);
        if (from < to)
            cells[right - 1] = '▶';
        else
            cells[left + 1] = '◀';

        string fitted = Fit($" {label} ", right - left - 3);
        Write(cells, left + 1 + ((right - left - fitted.Length) / 2), fitted);
    }

    static void Write(char[] cells, int at, string text) => text.AsSpan(0, Math.Min(text.Length, cells.Length - at)).CopyTo(cells.AsSpan(at));

    static int Centre(int lane, int column) => (lane * column) + (column / 2);

    static string Centred(string text, int column)
    {
        int left = Math.Max(0, (column / 2) - (text.Length / 2));
        return text.PadLeft(left + text.Length).PadRight(column);
    }

    static string Fit(string text, int width) => text.Length <= width ? text : width < 2 ? "" : text[..(width - 1)] + "…";

    static void AppendLine(StringBuilder text, StringBuilder line) => text.Append(line.ToString().TrimEnd()).Append('\n');
}
