namespace Homer.Search.Tests.EndToEnd;

/// <summary>Where things lie in the checkout the tests run from.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Real packets and tools, beside the repository.</summary>
    public static string Shared { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared"));

    /// <summary>The server as it was built with the tests.</summary>
    public static string Server { get; } = Path.Combine(Root, "server", "bin", Configuration, "net10.0", "homer.dll");

    static string Configuration => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        ? "Release"
        : "Debug";

    static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Homer.Search.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run from inside the repository.");
    }
}
