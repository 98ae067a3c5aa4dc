using System.Xml.Linq;

namespace Homer.Search.Tests.Server;

public sealed class FloorsTests
{
    /// <summary>Which projects each may reference; the arrows of the design, pointing down only.</summary>
    static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["protocol"] = [],
        ["store/port"] = ["protocol"],
        ["store/journal"] = ["store/port", "protocol"],
        ["store/duckdb"] = ["store/journal", "store/port", "protocol"],
        ["store/elastic"] = ["store/journal", "store/port", "protocol"],
        ["calls"] = ["store/port", "protocol"],
        ["ingest"] = ["protocol", "calls", "store/port", "store/journal"],
        ["graphql"] = ["calls", "store/port", "protocol"],
        ["web"] = ["calls", "store/port", "graphql", "protocol"],
        ["jobs"] = ["calls", "store/port", "protocol"],
    };

    static readonly string Root = FindRoot();

    [Fact]
    public void No_project_references_one_on_a_floor_above_or_beside_it()
    {
        foreach ((string folder, string[] allowed) in MayUse)
        {
            foreach (string reference in References(Assert.Single(Directory.GetFiles(Path.Combine(Root, folder), "*.csproj"))))
                Assert.True(allowed.Contains(reference), $"{folder} references {reference}; it may use {string.Join(", ", allowed)}.");
        }
    }

    [Fact]
    public void Every_project_of_the_product_has_a_floor()
    {
        string[] outside = ["server", "tests", "benchmarks"];
        IEnumerable<string> folders = Directory.GetFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetRelativePath(Root, Path.GetDirectoryName(project)!).Replace('\\', '/'))
            .Where(folder => !outside.Contains(folder.Split('/')[0]));
        Assert.All(folders, folder => Assert.Contains(folder, MayUse.Keys));
    }

    [Fact]
    public void No_project_lies_inside_the_folder_of_another()
    {
        string[] folders = [.. Directory.GetFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Select(project => Path.GetDirectoryName(project)! + Path.DirectorySeparatorChar)];
        Assert.All(folders, folder =>
            Assert.DoesNotContain(folders, other => other != folder && folder.StartsWith(other, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_protocol_floor_uses_no_package()
    {
        string project = Assert.Single(Directory.GetFiles(Path.Combine(Root, "protocol"), "*.csproj"));
        Assert.Empty(XDocument.Load(project).Descendants("PackageReference"));
    }

    static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)))
            .Select(path => Path.GetRelativePath(Root, Path.GetDirectoryName(path)!).Replace('\\', '/'));

    static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Homer.Search.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests run from inside the repository.");
    }
}
