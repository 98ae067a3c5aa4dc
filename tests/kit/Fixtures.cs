namespace Homer.Search.Tests;

/// <summary>Files under <c>tests/fixtures</c>, found from wherever the tests run.</summary>
public static class Fixtures
{
    /// <summary>The folder that holds <c>Homer.Search.sln</c>.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>All octets of a fixture, e.g. <c>hep/vectors/v3-min.bin</c>.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Repository, "tests", "fixtures", name));

    /// <summary>Names of the fixtures in a folder that match a pattern such as <c>kamailio-*.bin</c>, in order.</summary>
    /// <exception cref="FileNotFoundException">There is none: the test would test nothing.</exception>
    public static string[] Named(string folder, string pattern)
    {
        string[] names = [.. Directory.GetFiles(Path.Combine(Repository, "tests", "fixtures", folder), pattern)
            .Select(path => $"{folder}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)];
        return names.Length > 0 ? names : throw new FileNotFoundException($"No fixture matches {folder}/{pattern}.");
    }

    static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Homer.Search.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException($"Homer.Search.sln stands in no folder above {AppContext.BaseDirectory}.");
    }
}
