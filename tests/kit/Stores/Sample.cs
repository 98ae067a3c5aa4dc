using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>A document in the making: goes into a batch, and is the <see cref="Document"/> that a store must give back.</summary>
public sealed class Sample(DocumentKind kind)
{
    readonly object?[] _values = new object?[Catalogue.Of(kind).Length];

    public DocumentKind Kind { get; } = kind;

    public object? this[Field field]
    {
        get => _values[field.Column(Kind)];
        set => _values[field.Column(Kind)] = value;
    }

    public Document AsDocument(uint journal)
    {
        string id = Kind == DocumentKind.Call
            ? (string)this[Fields.CallId]!
            : new DocumentId((Instant)this[Fields.Timestamp]!, journal, (long)this[Fields.Sequence]!).ToString();
        return new Document(Kind, id, _values);
    }

    public void AddTo(DocumentBatch batch) => batch.Add(AsDocument(batch.Journal));
}
