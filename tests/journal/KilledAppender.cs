using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Homer.Search.Journal;

namespace Homer.Search.Tests.Journal;

/// <summary>This test program started again as a process that appends until it is killed, saying after each packet how many are published.</summary>
static class KilledAppender
{
    const string FolderVariable = "HOMER_TEST_APPEND_TO";

    /// <summary>Starts it, kills it in the middle of its work and returns how many packets it said were published.</summary>
    public static int RunAndKill(string folder)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, Environment = { [FolderVariable] = folder } };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(KilledAppender).Assembly.Location);
        using Process process = Process.Start(start)!;
        int published = 0;
        for (int line = 0; line < 300 && process.StandardOutput.ReadLine() is { } said; line++)
            published = int.Parse(said, CultureInfo.InvariantCulture);
        process.Kill();
        process.WaitForExit();
        return published;
    }

    // Before the test runner: in the child there is nothing to run.
    [ModuleInitializer]
    internal static void AppendWhenTold()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
            return;
        using CaptureJournal journal = CaptureJournal.Open(
            new JournalOptions(folder) { SegmentBytes = JournalFolder.SegmentBytes, MaxBytes = 1L << 30, ReserveBytes = 0 }, TimeProvider.System);
        using StreamWriter output = new(Console.OpenStandardOutput()) { AutoFlush = true };
        int number = journal.ReadAll().Count;
        while (true)
        {
            journal.Append(Packets.Numbered(number, 16 + (number % 1500)));
            output.WriteLine((++number).ToString(CultureInfo.InvariantCulture));
        }
    }
}
