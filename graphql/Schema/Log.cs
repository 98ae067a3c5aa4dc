using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>A log line, or another captured payload that is neither SIP nor a quality report.</summary>
public sealed class Log : Captured
{
    internal Log(Document document)
        : base(document) => Text = document.Text(Fields.Text) ?? "";

    [FromCatalogue("message")]
    public string Text { get; }
}
