using System.Net;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>
/// A document as read from a store. Values have the type that <see cref="FieldType"/> names; a field with <see cref="Field.Many"/> values is a
/// <see cref="string"/> array; absent is null.
/// </summary>
public sealed class Document(DocumentKind kind, string id, object?[] values)
{
    public DocumentKind Kind { get; } = kind;

    /// <summary>A <see cref="DocumentId"/> as text for captured documents; for a call its Call-ID.</summary>
    public string Id { get; } = id;

    public Instant Time => (Instant)values[Fields.Timestamp.Column(Kind)]!;

    /// <summary>The value of a field; null when absent, also when this kind lacks the field.</summary>
    public object? this[Field field] => field.Column(Kind) is var column && column >= 0 ? values[column] : null;

    public string? Text(Field field) => this[field] as string;

    public long? Integer(Field field) => this[field] as long?;

    public double? Decimal(Field field) => this[field] as double?;

    public Instant? Instant(Field field) => this[field] as Instant?;

    public IPAddress? Address(Field field) => this[field] as IPAddress;

    public byte[]? Binary(Field field) => this[field] as byte[];

    public IReadOnlyList<string> Many(Field field) => this[field] as string[] ?? [];

    /// <summary>The fields that have a value, in the order of the catalogue.</summary>
    public IEnumerable<(Field Field, object Value)> Present()
    {
        Field[] fields = [.. Catalogue.Of(Kind)];
        for (int column = 0; column < fields.Length; column++)
        {
            if (values[column] is { } value)
                yield return (fields[column], value);
        }
    }
}
