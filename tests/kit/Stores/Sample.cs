using System.Net;
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

    public void AddTo(DocumentBatch batch)
    {
        int row = batch.AddRow();
        foreach (Field field in Catalogue.Of(Kind))
        {
            switch (this[field])
            {
                case null:
                    break;
                case string text:
                    batch.Set(row, field, text);
                    break;
                case string[] texts:
                    batch.Set(row, field, string.Join('\n', texts));
                    break;
                case long number:
                    batch.Set(row, field, number);
                    break;
                case double number:
                    batch.Set(row, field, number);
                    break;
                case bool truth:
                    batch.Set(row, field, truth);
                    break;
                case Instant time:
                    batch.Set(row, field, time);
                    break;
                case IPAddress address:
                    batch.Set(row, field, address.GetAddressBytes());
                    break;
                case byte[] octets:
                    batch.Set(row, field, octets);
                    break;
                case var other:
                    throw new InvalidOperationException($"{field} cannot hold a {other.GetType().Name}.");
            }
        }
    }
}
