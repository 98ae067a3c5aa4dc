using System.Text.Json;
using Homer.Search.Server.Asking;
using Spectre.Console;

namespace Homer.Search.Server.Commands;

/// <summary>Shows the legs of a call, why they belong together, and their ladder.</summary>
static class SessionText
{
    public static void Show(JsonElement session)
    {
        AnsiConsole.Write(ResultTable.OfCalls(session.GetProperty("legs")));
        if (session.GetProperty("edges").GetArrayLength() == 0)
            Console.WriteLine("No rule ties another call to it.");
        foreach (JsonElement edge in session.GetProperty("edges").EnumerateArray())
        {
            AnsiConsole.MarkupLineInterpolated(
                $"{ResultTable.Text(edge, "from")} and {ResultTable.Text(edge, "to")}: rule [bold]{ResultTable.Text(edge, "rule")}[/], both have {ResultTable.Text(edge, "identifier")}");
        }

        foreach (JsonElement ignored in session.GetProperty("ignored").EnumerateArray())
            Console.WriteLine($"Too many calls share {ignored.GetString()}; it ties none.");
        if (session.GetProperty("isCut").GetBoolean())
            Console.WriteLine("There may be further legs: the bounds of depth or number were reached.");
        Console.WriteLine();
        Console.WriteLine(ResultTable.Text(session.GetProperty("ladder"), "text"));
    }
}
