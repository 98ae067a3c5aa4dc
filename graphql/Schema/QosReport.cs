using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>A media-quality report as it was captured.</summary>
public sealed class QosReport : Captured
{
    internal QosReport(Document document)
        : base(document) => Text = document.Text(Fields.Text) ?? "";

    [FromCatalogue("message")]
    public string Text { get; }
}
