using System.Globalization;
using System.Text;

namespace Homer.Search.Calls;

/// <summary>A ladder as a Mermaid sequence diagram, for tickets and pages that draw it.</summary>
public static class LadderMermaid
{
    public static string Render(Ladder ladder)
    {
        var text = new StringBuilder("sequenceDiagram\n");
        for (int lane = 0; lane < ladder.Lanes.Count; lane++)
            text.Append(CultureInfo.InvariantCulture, $"    participant L{lane} as {Plain(ladder.Lanes[lane].Name)}\n");
        foreach (Arrow arrow in ladder.Arrows)
        {
            string stroke = arrow.StatusCode == 0 ? "->>" : "-->>";
            string leg = ladder.Legs.Count > 1 ? $"{LadderText.LegName(arrow.Leg)} " : "";
            string marks = (arrow.HasSdp ? " (SDP)" : "") + (arrow.IsRetransmission ? " (again)" : "");
            text.Append(
                CultureInfo.InvariantCulture,
                $"    L{arrow.From}{stroke}L{arrow.To}: {leg}+{arrow.SinceStart.TotalSeconds:0.000} {Plain(arrow.Label)}{marks}\n");
        }

        return text.ToString();
    }

    /// <summary>Without the characters that end a statement or begin an entity.</summary>
    static string Plain(string text) => string.Concat(text.Select(letter => letter is '#' or ';' || char.IsControl(letter) ? ' ' : letter));
}
