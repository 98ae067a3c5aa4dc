using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>A log line, or another captured payload that is neither SIP nor a quality report.</summary>
public sealed class Log : Captured
{
    internal Log(Document document)
        : base(document)
    {
        Text = document.Text(Fields.Text) ?? "";
        Level = document.Text(Fields.LogLevel);
        Logger = document.Text(Fields.LogLogger);
    }

    [FromCatalogue("message")]
    public string Text { get; }

    [FromCatalogue("log.level")]
    public string? Level { get; }

    [FromCatalogue("log.logger")]
    public string? Logger { get; }
}
