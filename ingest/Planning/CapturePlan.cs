using Homer.Search.Store;

namespace Homer.Search.Ingest;

/// <summary>What is declared in <c>rules/capture.yaml</c>: rules that are asked in their order.</summary>
public sealed class CapturePlan(IReadOnlyList<CaptureRule> rules)
{
    /// <summary>Where the file lies in the folder of rules.</summary>
    public const string FileName = "capture.yaml";

    readonly (CaptureRule Rule, int Index)[][] _byKind =
        [.. Enum.GetValues<DocumentKind>().Select(kind => rules.Select(static (rule, index) => (rule, index)).Where(entry => entry.rule.Kind == kind).ToArray())];

    /// <summary>Finds the call that a log line is about.</summary>
    internal LogCallId CallIds { get; init; } = LogCallId.Usual;

    /// <summary>That of nobody who asked for one.</summary>
    public static CapturePlan None { get; } = new([]);

    public IReadOnlyList<CaptureRule> Rules { get; } = rules;

    /// <summary>The rules about one kind, each with its place among all.</summary>
    public ReadOnlySpan<(CaptureRule Rule, int Index)> Of(DocumentKind kind) => _byKind[(int)kind];
}
