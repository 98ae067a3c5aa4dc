using Homer.Search.Calls;
using YamlDotNet.RepresentationModel;

namespace Homer.Search.Ingest;

/// <summary>Reads <c>numbers.yaml</c> strictly.</summary>
public static class NumberPlanFile
{
    /// <param name="file">Its name in errors.</param>
    /// <exception cref="RuleFileException">It cannot be used.</exception>
    public static NumberPlan Read(string file, TextReader text)
    {
        var yaml = new RuleYaml(file);
        YamlMappingNode root = yaml.Root(text, "region");
        string? region = yaml.Text(root, "region");
        return region is null || NumberPlan.IsRegion(region)
            ? new NumberPlan(region)
            : throw yaml.Wrong(RuleYaml.Value(root, "region")!, $"`{region}` is no region with a numbering plan; give two letters like DE, GB or US.");
    }
}
