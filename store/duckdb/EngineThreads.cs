using System.Globalization;
using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// How many threads the engine uses: all of them for readers, half while only units are written. Its threads wait for each other by spinning; with one
/// thread on two processors a message took a twelfth less processor time (benchmarks/ingest). Guarded by <see cref="DayFiles"/>.
/// </summary>
sealed class EngineThreads(int all, int reading = 0)
{
    int _used;

    /// <summary>Reads under way.</summary>
    public int Reading { get; private set; } = reading;

    public void BeginReading(DuckDBConnection engine)
    {
        Reading++;
        Use(engine, all);
    }

    public void EndReading() => Reading--;

    public void BeginWriting(DuckDBConnection engine)
    {
        if (Reading == 0)
            Use(engine, Math.Max(1, all / 2));
    }

    void Use(DuckDBConnection engine, int threads)
    {
        if (threads == _used)
            return;
        engine.Run(string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
        _used = threads;
    }
}
