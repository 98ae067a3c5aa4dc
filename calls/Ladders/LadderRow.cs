using Homer.Search.Protocol;

namespace Homer.Search.Calls;

/// <summary>One line of a drawn ladder.</summary>
public abstract record LadderRow
{
    /// <summary>Nothing happens for longer than this: the drawing says so instead of going on as if it did.</summary>
    static readonly TimeSpan LongPause = TimeSpan.FromSeconds(5);

    /// <summary>A message.</summary>
    /// <param name="Number">Its place among the arrows.</param>
    /// <param name="Again">How often it was sent again at once, without anything between; these have no row of their own.</param>
    /// <param name="Until">When it was sent last.</param>
    public sealed record Message(int Number, int Again, Instant Until) : LadderRow;

    /// <summary>A log line or quality report.</summary>
    public sealed record Event(LadderMark Mark) : LadderRow;

    /// <summary>Nothing for so long.</summary>
    public sealed record Pause(TimeSpan Length) : LadderRow;

    /// <summary>The lines of a ladder with what stands beside its messages, in the order of time.</summary>
    public static IReadOnlyList<LadderRow> Of(Ladder ladder, IReadOnlyList<LadderMark> marks)
    {
        var rows = new List<LadderRow>(ladder.Arrows.Count + marks.Count);
        int mark = 0;
        Instant? last = null;
        for (int number = 0; number < ladder.Arrows.Count; number++)
        {
            Arrow arrow = ladder.Arrows[number];
            for (; mark < marks.Count && marks[mark].Time < arrow.Time; mark++)
                Add(new Event(marks[mark]), marks[mark].Time);
            if (rows.Count > 0 && rows[^1] is Message before && arrow.IsRetransmission && IsSame(ladder.Arrows[before.Number], arrow))
            {
                rows[^1] = before with { Again = before.Again + 1, Until = arrow.Time };
                last = arrow.Time;
                continue;
            }

            Add(new Message(number, Again: 0, arrow.Time), arrow.Time);
        }

        for (; mark < marks.Count; mark++)
            Add(new Event(marks[mark]), marks[mark].Time);
        return rows;

        void Add(LadderRow row, Instant time)
        {
            if (last is { } before && time.Since(before) >= LongPause)
                rows.Add(new Pause(time.Since(before)));
            rows.Add(row);
            last = time;
        }
    }

    static bool IsSame(Arrow first, Arrow again) =>
        first.From == again.From && first.To == again.To && first.Leg == again.Leg && first.Label == again.Label
        && first.Message.Text(Store.Fields.ViaBranch) == again.Message.Text(Store.Fields.ViaBranch);
}
