using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Homer.Search.Store.DuckDb;

/// <summary>Runs reads beside the writer, a bounded number at a time, each on a connection of its own that cancellation interrupts.</summary>
sealed class ReaderGate(DayFiles files, string folder, int readers) : IDisposable
{
    readonly SemaphoreSlim _places = new(readers);

    public async ValueTask<T> ReadAsync<T>(string what, Func<DaySession, T> read, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(what, read, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    T Read<T>(string what, Func<DaySession, T> read, CancellationToken cancellation)
    {
        try
        {
            using DaySession session = files.Connect();
            using CancellationTokenRegistration interrupt = cancellation.Register(session.Connection.NativeConnection.Interrupt);
            try
            {
                files.BeginReading();
                return read(session);
            }
            catch (DuckDBException error) when (EngineErrors.NeedsReopen(error))
            {
                session.Abandon();
                throw;
            }
            finally
            {
                files.EndReading();
            }
        }
        catch (DuckDBException error) when (error.ErrorType == DuckDBErrorType.Interrupt && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("The search was cancelled.", error, cancellation);
        }
        catch (Exception error) when (error is DuckDBException or IOException)
        {
            throw EngineErrors.Wrap(error, what, folder);
        }
    }
}
