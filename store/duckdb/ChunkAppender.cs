using System.Runtime.InteropServices;
using System.Text;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using DuckDBAppender = DuckDB.NET.Native.DuckDBAppender;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// Appends the rows of batches to one table, column by column: each column of a batch becomes a vector of the engine, without an object a value.
/// Strings are not copied here; the engine copies them when the chunk is appended.
/// </summary>
sealed unsafe class ChunkAppender : IDisposable
{
    /// <summary>The engine's string cell: length, then either 12 octets, or 4 and a pointer.</summary>
    const int CellBytes = 16;
    const int InlineBytes = 12;

    readonly ColumnSource[] _columns;
    readonly DuckDBAppender _appender;
    readonly DuckDBDataChunk _chunk;
    readonly byte[] _journal;

    // Values that are written differently than the batch has them. Native, since the engine reads them through pointers.
    byte* _scratch;
    int _scratchSize;
    int _scratchUsed;

    public ChunkAppender(DuckDBConnection connection, DayFile file, TableLayout layout, uint journal)
    {
        _columns = file.Columns[(int)layout.Kind];
        _journal = Encoding.ASCII.GetBytes(journal.ToString("x8", System.Globalization.CultureInfo.InvariantCulture));
        Check(NativeMethods.Appender.DuckDBAppenderCreateExt(connection.NativeConnection, file.Alias, "main", layout.Name, out _appender));
        DuckDBLogicalType[] types = [.. _columns.Select(column => NativeMethods.LogicalType.DuckDBCreateLogicalType(TypeOf(column.Type)))];
        _chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk([.. types.Select(type => type.DangerousGetHandle())], (ulong)types.Length);
        foreach (DuckDBLogicalType type in types)
            type.Dispose();
    }

    /// <summary>Appends these rows of a batch.</summary>
    public void Append(DocumentBatch batch, ReadOnlySpan<int> rows)
    {
        NativeMethods.DataChunks.DuckDBDataChunkReset(_chunk);
        _scratchUsed = 0;
        fixed (byte* text = batch.Text)
        {
            Reserve(batch, rows);
            for (int column = 0; column < _columns.Length; column++)
                Fill(NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, column), _columns[column], batch, rows, text);
            _ = NativeMethods.DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)rows.Length);
            Check(NativeMethods.Appender.DuckDBAppendDataChunk(_appender, _chunk));
        }
    }

    /// <summary>Hands over what the engine still buffers.</summary>
    public void Flush() => Check(NativeMethods.Appender.DuckDBAppenderFlush(_appender));

    /// <summary>What was not flushed is dropped.</summary>
    public void Dispose()
    {
        _chunk.Dispose();
        _ = NativeMethods.Appender.DuckDBAppenderClear(_appender);
        _appender.Dispose();
        NativeMemory.Free(_scratch);
        _scratch = null;
    }

    void Fill(nint vector, ColumnSource column, DocumentBatch batch, ReadOnlySpan<int> rows, byte* text)
    {
        void* data = NativeMethods.Vectors.DuckDBVectorGetData(vector);
        if (column.Field == Fields.JournalId)
        {
            for (int row = 0; row < rows.Length; row++)
                WriteInline((byte*)data + (row * CellBytes), _journal);
            return;
        }

        Field? field = column.Name == TableLayout.CallHash ? Fields.CallId : column.Field;
        int source = field?.Column(batch.Kind) ?? -1;
        if (!Present(vector, batch, source, rows))
            return;

        ReadOnlySpan<ulong> cells = batch.Cells(source);
        ReadOnlySpan<ulong> present = batch.Presence(source);
        if (column.Field is null)
            FillHashes((uint*)data, batch, cells, present, rows);
        else if (field!.Type is FieldType.Integer or FieldType.Instant or FieldType.Decimal)
            FillNumbers((ulong*)data, cells, rows);
        else if (field.Type == FieldType.Boolean)
            FillBooleans((byte*)data, cells, rows);
        else
            FillStrings((byte*)data, field, batch, cells, present, rows, text);
    }

    /// <summary>Marks the rows without a value; false when none has one.</summary>
    static bool Present(nint vector, DocumentBatch batch, int source, ReadOnlySpan<int> rows)
    {
        ReadOnlySpan<ulong> present = source < 0 ? [] : batch.Presence(source);
        NativeMethods.Vectors.DuckDBVectorEnsureValidityWritable(vector);
        ulong* validity = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        ulong any = 0;
        for (int start = 0; start < rows.Length; start += 64)
        {
            ulong word = 0;
            int end = Math.Min(64, rows.Length - start);
            for (int bit = 0; source >= 0 && bit < end; bit++)
                word |= (present[rows[start + bit] >> 6] >> (rows[start + bit] & 63) & 1) << bit;
            validity[start >> 6] = word;
            any |= word;
        }

        return any != 0;
    }

    static bool Has(ReadOnlySpan<ulong> present, int row) => (present[row >> 6] >> (row & 63) & 1) != 0;

    static void FillNumbers(ulong* data, ReadOnlySpan<ulong> cells, ReadOnlySpan<int> rows)
    {
        for (int row = 0; row < rows.Length; row++)
            data[row] = cells[rows[row]];
    }

    static void FillBooleans(byte* data, ReadOnlySpan<ulong> cells, ReadOnlySpan<int> rows)
    {
        for (int row = 0; row < rows.Length; row++)
            data[row] = (byte)cells[rows[row]];
    }

    static void FillHashes(uint* data, DocumentBatch batch, ReadOnlySpan<ulong> cells, ReadOnlySpan<ulong> present, ReadOnlySpan<int> rows)
    {
        for (int row = 0; row < rows.Length; row++)
        {
            if (Has(present, rows[row]))
                data[row] = CallHash.Of(batch.Bytes(cells[rows[row]]));
        }
    }

    void FillStrings(
        byte* data, Field field, DocumentBatch batch, ReadOnlySpan<ulong> cells, ReadOnlySpan<ulong> present, ReadOnlySpan<int> rows, byte* text)
    {
        Span<byte> address = stackalloc byte[AddressText.MaxLength];
        for (int row = 0; row < rows.Length; row++)
        {
            if (!Has(present, rows[row]))
                continue;

            ulong cell = cells[rows[row]];
            byte* target = data + (row * CellBytes);
            if (field.Type == FieldType.Ip)
                Write(target, address[..AddressText.Write(batch.Bytes(cell), address)]);
            else if (field.Many)
                WriteMany(target, batch.Bytes(cell));
            else
                WritePointer(target, text + (int)(cell >> 32), (int)(uint)cell);
        }
    }

    void Write(byte* target, ReadOnlySpan<byte> value)
    {
        if (value.Length <= InlineBytes)
            WriteInline(target, value);
        else
            WriteScratch(target, value, 0);
    }

    /// <summary>Each value between line feeds, so that one whole value is found by searching for it with both of its line feeds.</summary>
    void WriteMany(byte* target, ReadOnlySpan<byte> values) => WriteScratch(target, values, 1);

    void WriteScratch(byte* target, ReadOnlySpan<byte> value, int lineFeeds)
    {
        byte* start = _scratch + _scratchUsed;
        var copy = new Span<byte>(start, value.Length + (2 * lineFeeds));
        copy.Fill((byte)'\n');
        value.CopyTo(copy[lineFeeds..]);
        _scratchUsed += copy.Length;
        WritePointer(target, start, copy.Length);
    }

    static void WriteInline(byte* target, ReadOnlySpan<byte> value)
    {
        new Span<byte>(target, CellBytes).Clear();
        *(int*)target = value.Length;
        value.CopyTo(new Span<byte>(target + sizeof(int), InlineBytes));
    }

    static void WritePointer(byte* target, byte* value, int length)
    {
        if (length <= InlineBytes)
        {
            WriteInline(target, new ReadOnlySpan<byte>(value, length));
            return;
        }

        *(int*)target = length;
        *(int*)(target + 4) = *(int*)value;
        *(byte**)(target + 8) = value;
    }

    /// <summary>Room for all values of the rows that go through the scratch memory, before pointers into it are handed out.</summary>
    void Reserve(DocumentBatch batch, ReadOnlySpan<int> rows)
    {
        int fields = _columns.Count(column => column.Field is { Many: true } or { Type: FieldType.Ip });
        int needed = batch.Text.Length + (rows.Length * fields * AddressText.MaxLength);
        if (needed <= _scratchSize)
            return;
        _scratch = (byte*)NativeMemory.Realloc(_scratch, (nuint)needed);
        _scratchSize = needed;
    }

    static DuckDBType TypeOf(string type) => type switch
    {
        "BIGINT" => DuckDBType.BigInt,
        "UINTEGER" => DuckDBType.UnsignedInteger,
        "DOUBLE" => DuckDBType.Double,
        "BOOLEAN" => DuckDBType.Boolean,
        "BLOB" => DuckDBType.Blob,
        "VARCHAR" => DuckDBType.Varchar,
        _ => throw new StoreException($"A column has the type {type}, which no field has. The file was changed by another program.", isTransient: false),
    };

    void Check(DuckDBState state)
    {
        if (state == DuckDBState.Success)
            return;
        using DuckDBErrorData error = NativeMethods.Appender.DuckDBAppenderErrorData(_appender);
        throw new AppendException(error.Message ?? "The engine refused the rows and gave no reason.", NativeMethods.ErrorData.DuckDBErrorDataErrorType(error));
    }
}
