using DuckDB.NET.Native;

namespace Homer.Search.Store.DuckDb;

/// <summary>The engine refused rows; carries what its own exception would.</summary>
sealed class AppendException(string message, DuckDBErrorType errorType) : Exception(message)
{
    public DuckDBErrorType ErrorType { get; } = errorType;
}
