using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Homer.Search.Store.Elastic;

/// <summary>One item of a bulk request: where its lines lie in the body.</summary>
/// <param name="Start">Of its action line.</param>
/// <param name="End">Behind its document.</param>
/// <param name="Packet">Position of the packet it came in; negative for what came in none.</param>
readonly record struct BulkItem(int Start, int End, long Packet);

/// <summary>The body of a bulk request in the making: an action and a document for each item, a line each.</summary>
sealed class BulkBody : IDisposable
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly ArrayBufferWriter<byte> _buffer;
    readonly Utf8JsonWriter _json;
    readonly List<BulkItem> _items = [];

    public BulkBody(int capacity)
    {
        _buffer = new ArrayBufferWriter<byte>(capacity);
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    public int Length => _buffer.WrittenCount;

    public IReadOnlyList<BulkItem> Items => _items;

    public ReadOnlyMemory<byte> Bytes => _buffer.WrittenMemory;

    /// <summary>Stores the row unless its identity is there already.</summary>
    public void Create(string index, string id, DocumentBatch batch, int row, ReadOnlySpan<byte> payload = default, long packet = -1) =>
        Add("create", index, id, null, batch, row, payload, packet);

    /// <summary>Replaces a document that has not changed since it was read.</summary>
    public void Replace(string index, string id, Revision revision, DocumentBatch batch, int row) =>
        Add("index", index, id, revision, batch, row, payload: default, packet: -1);

    /// <summary>Adds the lines of an item as they were before.</summary>
    public void Repeat(string lines)
    {
        int start = _buffer.WrittenCount;
        Encoding.UTF8.GetBytes(lines, _buffer);
        _items.Add(new BulkItem(start, _buffer.WrittenCount, Packet: -1));
    }

    public void Clear()
    {
        _buffer.ResetWrittenCount();
        _items.Clear();
    }

    public void Dispose() => _json.Dispose();

    void Add(string action, string index, string id, Revision? revision, DocumentBatch batch, int row, ReadOnlySpan<byte> payload, long packet)
    {
        int start = _buffer.WrittenCount;
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteStartObject(action);
        _json.WriteString("_index", index);
        _json.WriteString("_id", id);
        if (revision is { } known)
        {
            _json.WriteNumber("if_seq_no", known.SequenceNumber);
            _json.WriteNumber("if_primary_term", known.PrimaryTerm);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        EndLine();
        _json.Reset();
        SourceWriter.Of(batch.Kind).Write(_json, batch, row, payload);
        EndLine();
        _items.Add(new BulkItem(start, _buffer.WrittenCount, packet));
    }

    void EndLine()
    {
        _json.Flush();
        _buffer.Write("\n"u8);
    }

    /// <summary>The items as one body again, for those that have to be sent once more.</summary>
    public static byte[] Again(ReadOnlyMemory<byte> body, IEnumerable<BulkItem> items)
    {
        using var stream = new MemoryStream();
        foreach (BulkItem item in items)
            stream.Write(body.Span[item.Start..item.End]);
        return stream.ToArray();
    }

    /// <summary>An item's lines, as text for people.</summary>
    public static string Text(ReadOnlyMemory<byte> body, BulkItem item) =>
        Encoding.UTF8.GetString(body.Span[item.Start..item.End]);
}

/// <summary>What a document was when it was read; it is replaced only while it still is.</summary>
readonly record struct Revision(long SequenceNumber, long PrimaryTerm);
