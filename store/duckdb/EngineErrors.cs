using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Homer.Search.Store.DuckDb;

/// <summary>What the engine's errors mean to a caller.</summary>
static class EngineErrors
{
    /// <summary>After these the engine refuses everything until it is opened anew.</summary>
    public static bool NeedsReopen(Exception error) =>
        TypeOf(error) is DuckDBErrorType.Fatal or DuckDBErrorType.Internal || error.Message.Contains("invalidated", StringComparison.Ordinal);

    /// <summary>The file itself is not one that this engine can read, now or later.</summary>
    public static bool IsUnreadableFile(DuckDBException error) =>
        error.ErrorType is DuckDBErrorType.Serialization or DuckDBErrorType.Internal
        || error.Message.Contains("not a valid DuckDB database", StringComparison.Ordinal)
        || error.Message.Contains("corrupt", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("checksum", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("created with a newer version", StringComparison.Ordinal)
        || error.Message.Contains("storage version", StringComparison.OrdinalIgnoreCase);

    /// <summary>Wraps an error; <paramref name="what"/> says what was tried, as in "Storing 2026-11-24".</summary>
    public static StoreException Wrap(Exception error, string what, string folder) => error switch
    {
        StoreException already => already,
        // A full disk is told as memory that cannot be spilled.
        _ when TypeOf(error) == DuckDBErrorType.OutOfMemory && !error.Message.Contains("offload", StringComparison.Ordinal) => new StoreException(
            $"{what} failed in {folder}: the engine's memory is used up ({FirstLine(error)}). Narrow the time range, or allow it more.", isTransient: true, error),
        _ when TypeOf(error) is DuckDBErrorType.Io or DuckDBErrorType.Transaction or DuckDBErrorType.OutOfMemory || NeedsReopen(error) => new StoreException(
            $"{what} failed in {folder}: {FirstLine(error)} Check that the disk has room and answers; it is tried again.", isTransient: true, error),
        IOException => new StoreException($"{what} failed in {folder}: {error.Message} Check that the disk has room and answers.", isTransient: true, error),
        _ => new StoreException($"{what} failed in {folder}: {FirstLine(error)}", isTransient: false, error),
    };

    static DuckDBErrorType? TypeOf(Exception error) => error switch
    {
        DuckDBException engine => engine.ErrorType,
        AppendException append => append.ErrorType,
        _ => null,
    };

    static string FirstLine(Exception error) => error.Message.AsSpan().Trim().ToString().Split('\n')[0];
}
