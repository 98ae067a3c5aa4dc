using System.Net;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>Puts documents that were read back into a batch.</summary>
public static class DocumentRow
{
    /// <summary>Adds a row with every field of the document that is not made of others, and gives its number.</summary>
    public static int Add(this DocumentBatch batch, Document document)
    {
        int row = batch.AddRow();
        foreach ((Field field, object value) in document.Present())
        {
            if (field.UnionOf.Count == 0)
                Set(batch, row, field, value);
        }

        return row;
    }

    static void Set(DocumentBatch batch, int row, Field field, object value)
    {
        switch (value)
        {
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
            default:
                throw new ArgumentException($"{field} cannot hold a {value.GetType().Name}.", nameof(value));
        }
    }
}
