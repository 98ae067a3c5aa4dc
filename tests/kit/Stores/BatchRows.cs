using System.Net;
using System.Text;
using Homer.Search.Protocol;
using Homer.Search.Store;

namespace Homer.Search.Tests.Stores;

/// <summary>Reads the rows of a batch back into documents.</summary>
public static class BatchRows
{
    public static Document Read(DocumentBatch batch, int row)
    {
        object?[] values = new object?[Catalogue.Of(batch.Kind).Length];
        foreach (Field field in Catalogue.Of(batch.Kind))
        {
            int column = field.Column(batch.Kind);
            if (batch.Has(row, column))
                values[column] = Value(batch, field, batch.Cells(column)[row]);
        }

        string id = batch.Kind == DocumentKind.Call ? (string)values[Fields.CallId.Column(batch.Kind)]! : batch.Id(row).ToString();
        return new Document(batch.Kind, id, values);
    }

    static object Value(DocumentBatch batch, Field field, ulong cell) => field.Type switch
    {
        FieldType.Integer => (long)cell,
        FieldType.Decimal => BitConverter.UInt64BitsToDouble(cell),
        FieldType.Boolean => cell != 0,
        FieldType.Instant => new Instant((long)cell),
        FieldType.Ip => new IPAddress(batch.Bytes(cell)),
        FieldType.Binary => batch.Bytes(cell).ToArray(),
        _ when field.Many => Encoding.UTF8.GetString(batch.Bytes(cell)).Split('\n'),
        _ => Encoding.UTF8.GetString(batch.Bytes(cell)),
    };
}
