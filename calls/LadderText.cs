namespace Homer.Search.Calls;

/// <summary>A ladder as text for a terminal.</summary>
public static class LadderText
{
    /// <param name="width">Columns to fill, 60 or more; lanes that do not fit are drawn narrower.</param>
    public static string Render(Ladder ladder, int width) => throw new NotImplementedException();
}
