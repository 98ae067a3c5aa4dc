using System.Numerics;
using System.Text;
using System.Text.Unicode;
using Homer.Search.Protocol;

namespace Homer.Search.Store;

/// <summary>
/// Documents of one kind on their way to a store, a column for each field of the catalogue. Filled row by row, read by the store, cleared and
/// used again: nothing is allocated for a document.
/// </summary>
/// <remarks>
/// Not safe for use by two threads at once. The owner may clear it as soon as the store's append has returned.
/// </remarks>
public sealed class DocumentBatch
{
    /// <summary>Rows a batch can hold: the vector size of DuckDB, so that a batch is one data chunk.</summary>
    public const int Capacity = 2048;

    const int WordBits = 64;

    readonly ulong[][] _cells;
    readonly ulong[][] _present;
    byte[] _text = new byte[64 * 1024];
    int _textLength;

    /// <param name="space">The namespace of its documents; null for the store's own.</param>
    public DocumentBatch(DocumentKind kind, uint journal, string? space = null)
    {
        Kind = kind;
        Journal = journal;
        Namespace = space;
        _cells = new ulong[Catalogue.Of(kind).Length][];
        _present = new ulong[_cells.Length][];
        for (int column = 0; column < _cells.Length; column++)
        {
            _cells[column] = new ulong[Capacity];
            _present[column] = new ulong[Capacity / WordBits];
        }
    }

    public DocumentKind Kind { get; }

    /// <summary>The journal all rows come from.</summary>
    public uint Journal { get; }

    /// <summary>The namespace to which the capture plan routes its documents; null for the store's own, and the embedded store has no other.</summary>
    public string? Namespace { get; }

    /// <summary>Rows filled so far.</summary>
    public int Count { get; private set; }

    /// <summary>Octets that its strings and binaries take.</summary>
    public int TextLength => _textLength;

    public bool IsFull => Count == Capacity;

    /// <summary>Begins the next row; fields are then set with its number until the next call.</summary>
    public int AddRow()
    {
        if (IsFull)
            throw new InvalidOperationException($"A batch holds {Capacity} documents.");
        return Count++;
    }

    /// <summary>Takes the last row back.</summary>
    public void RemoveLastRow()
    {
        Count--;
        foreach (ulong[] words in _present)
            words[Count / WordBits] &= ~(1UL << (Count % WordBits));
    }

    public void Clear()
    {
        foreach (ulong[] words in _present)
            words.AsSpan(0, (Count + WordBits - 1) / WordBits).Clear();
        Count = 0;
        _textLength = 0;
    }

    public void Set(int row, Field field, long value) => Cell(row, field) = (ulong)value;

    public void Set(int row, Field field, double value) => Cell(row, field) = BitConverter.DoubleToUInt64Bits(value);

    public void Set(int row, Field field, bool value) => Cell(row, field) = value ? 1UL : 0UL;

    public void Set(int row, Field field, Instant value) => Cell(row, field) = (ulong)value.Nanoseconds;

    /// <summary>
    /// A string, an address (4 or 16 octets in network order), the JSON of an object, or bytes. An empty value leaves the field absent.
    /// A string that is not valid UTF-8 is taken as Latin-1; a field that may have <see cref="Field.Many"/> values takes them joined by <c>\n</c>.
    /// </summary>
    public void Set(int row, Field field, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return;

        int offset = _textLength;
        if (field.Type is FieldType.Ip or FieldType.Binary || Utf8.IsValid(value))
        {
            value.CopyTo(Reserve(value.Length));
            _textLength += value.Length;
        }
        else
        {
            Span<byte> target = Reserve(value.Length * 2);
            foreach (byte octet in value)
                _textLength += new Rune((char)octet).EncodeToUtf8(target[(_textLength - offset)..]);
        }

        Cell(row, field) = ((ulong)offset << 32) | (uint)(_textLength - offset);
    }

    public void Set(int row, Field field, string value)
    {
        int offset = _textLength;
        _textLength += Encoding.UTF8.GetBytes(value, Reserve(Encoding.UTF8.GetMaxByteCount(value.Length)));
        if (_textLength > offset)
            Cell(row, field) = ((ulong)offset << 32) | (uint)(_textLength - offset);
    }

    /// <summary>Adds a value to a field that may have <see cref="Field.Many"/>.</summary>
    public void AddValue(int row, Field field, ReadOnlySpan<byte> value)
    {
        if (!Has(row, field.Column(Kind)))
        {
            Set(row, field, value);
            return;
        }

        ref ulong cell = ref Cell(row, field);
        int offset = _textLength;
        int before = (int)(uint)cell;
        Span<byte> room = Reserve(before + 1 + value.Length);
        Bytes(cell).CopyTo(room);
        room[before] = (byte)'\n';
        value.CopyTo(room[(before + 1)..]);
        _textLength += before + 1 + value.Length;
        cell = ((ulong)offset << 32) | (uint)(_textLength - offset);
    }

    /// <summary>Whether the row has this field, by <see cref="Field.Column"/>.</summary>
    public bool Has(int row, int column) => (_present[column][row / WordBits] >> (row % WordBits) & 1) != 0;

    /// <summary>Bit n of the words tells whether row n has the field.</summary>
    public ReadOnlySpan<ulong> Presence(int column) => _present[column];

    /// <summary>Raw cells of a column: integers, instants and booleans as they are, decimals by their bits, anything else by <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<ulong> Cells(int column) => _cells[column].AsSpan(0, Count);

    /// <summary>All octets of the batch; a cell is an offset into it (high 32 bits) and a length (low 32 bits).</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _textLength);

    /// <summary>The octets of a string, address, object or binary cell.</summary>
    public ReadOnlySpan<byte> Bytes(ulong cell) => _text.AsSpan((int)(cell >> 32), (int)(uint)cell);

    /// <summary>The identity of a row of captured documents.</summary>
    public DocumentId Id(int row) => new(
        new Instant((long)_cells[Fields.Timestamp.Column(Kind)][row]), Journal, (long)_cells[Fields.Sequence.Column(Kind)][row]);

    ref ulong Cell(int row, Field field)
    {
        int column = field.Column(Kind);
        _present[column][row / WordBits] |= 1UL << (row % WordBits);
        return ref _cells[column][row];
    }

    Span<byte> Reserve(int length)
    {
        if (_text.Length - _textLength < length)
            Array.Resize(ref _text, (int)BitOperations.RoundUpToPowerOf2((uint)(_textLength + length)));
        return _text.AsSpan(_textLength);
    }
}
