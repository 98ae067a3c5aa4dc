using Xunit;

namespace Homer.Search.Tests;

/// <summary>
/// Compares what was made with a file in the repository. <c>HOMER_RENEW_GOLDEN=1 dotnet test --project tests/…</c> writes the file anew; the change is
/// then reviewed like any other.
/// </summary>
public static class Golden
{
    /// <summary>Whether the files are to be written anew.</summary>
    public static bool IsRenewed => Environment.GetEnvironmentVariable("HOMER_RENEW_GOLDEN") == "1";

    /// <param name="path">From the root of the repository.</param>
    /// <param name="actual">What the file should hold.</param>
    public static void Check(string path, string actual)
    {
        string file = Path.Combine(Root(), path);
        if (IsRenewed)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"{path} is missing; HOMER_RENEW_GOLDEN=1 makes it.");
        string[] expected = File.ReadAllText(file).Split('\n');
        string[] lines = actual.Split('\n');
        int line = expected.Zip(lines).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(
            expected.SequenceEqual(lines),
            $"{path} differs from line {line + 1}; HOMER_RENEW_GOLDEN=1 writes it anew.\n  file: {expected.ElementAtOrDefault(line)}\n  made: {lines.ElementAtOrDefault(line)}");
    }

    /// <summary>A file of the repository as text.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root(), path));

    static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Homer.Search.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run from inside the repository.");
    }
}
