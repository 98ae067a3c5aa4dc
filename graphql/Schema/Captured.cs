using GraphQL;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Api.Schema;

/// <summary>What every captured document says, read from it when asked.</summary>
public abstract class Captured
{
    readonly Document _document;

    internal Captured(Document document) => _document = document;

    /// <summary>Unique, ordered by time, the same on every replay.</summary>
    [Id]
    public string Id => _document.Id;

    [FromCatalogue("@timestamp")]
    public Instant Time => _document.Time;

    [FromCatalogue("network.protocol")]
    public string Protocol => _document.Text(Fields.NetworkProtocol) ?? "unknown";

    [FromCatalogue("sip.call_id")]
    public string? CallId => _document.Text(Fields.CallId);

    /// <summary>Who sent what was captured.</summary>
    public Endpoint Source => new(_document.Address(Fields.SourceIp), _document.Integer(Fields.SourcePort));

    /// <summary>To whom it was sent.</summary>
    public Endpoint Destination => new(_document.Address(Fields.DestinationIp), _document.Integer(Fields.DestinationPort));

    [FromCatalogue("network.transport")]
    public string Transport => _document.Text(Fields.NetworkTransport) ?? "unknown";

    /// <summary>The capture agent that sent it here.</summary>
    public Agent Agent([FromServices] AgentDirectory agents) => agents.Of(_document);

    /// <summary>Every field that has a value, by its name in the catalogue.</summary>
    [Name("fields")]
    [OutputType(typeof(GraphQL.Types.NonNullGraphType<JsonGraphType>))]
    public IReadOnlyDictionary<string, object> AllFields() => DocumentJson.Of(_document);
}
