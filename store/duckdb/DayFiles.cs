using System.Globalization;
using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>
/// The day files of a folder in one engine: attached when asked for, kept while someone has a lease, detached when too many lie idle, and all
/// opened anew when the engine has given itself up. Safe for several threads; a file that cannot be read is set aside and the others go on.
/// </summary>
sealed class DayFiles : IDisposable
{
    /// <summary>Put behind the name of a file that cannot be read.</summary>
    public const string AsideExtension = ".set-aside";

    /// <summary>
    /// Rows packed together. What fills a group is packed as it is appended; the rest goes through the log first, which costs half as much again.
    /// A second of a busy server must fill one, or it goes all through the log; small groups pack badly.
    /// </summary>
    const int RowGroupRows = 30 * DocumentBatch.Capacity;

    /// <summary>Of pages of at most so many rows the engine reads what it looks for first, and other columns of the rows found. Its own bound is 50.</summary>
    const int LargestLatePage = 1001;

    readonly string _folder;
    readonly DuckDbOptions _options;
    readonly Lock _gate = new();
    readonly SortedSet<DateOnly> _days;
    readonly Dictionary<DateOnly, DayFile> _open = [];
    readonly Stack<DuckDBConnection> _idle = [];
    DuckDBConnection _engine;
    int _sessions;
    EngineThreads _threads;
    bool _broken;
    long _uses;

    public DayFiles(string folder, DuckDbOptions options)
    {
        _folder = folder;
        _options = options;
        _days = [.. DayFile.DaysIn(folder)];
        _engine = Start();
        _threads = new EngineThreads(options.Threads);
        Calls = new StoredCalls(this);
    }

    /// <summary>What guards the calls stored here.</summary>
    public StoredCalls Calls { get; }

    /// <summary>The days that have a file, oldest first.</summary>
    public IReadOnlyList<DateOnly> Days
    {
        get
        {
            lock (_gate)
                return [.. _days];
        }
    }

    /// <summary>Files attached now.</summary>
    public int OpenCount
    {
        get
        {
            lock (_gate)
                return _open.Count;
        }
    }

    /// <summary>A connection to work with, and through it the day files.</summary>
    public DaySession Connect()
    {
        lock (_gate)
        {
            RestartWhenBroken();
            DuckDBConnection connection = _idle.TryPop(out DuckDBConnection? idle) ? idle : _engine.Duplicate();
            if (connection.State != System.Data.ConnectionState.Open)
                connection.Open();
            _sessions++;
            return new DaySession(this, connection);
        }
    }

    /// <summary>A read begins: the engine uses all its threads until <see cref="EndReading"/>.</summary>
    public void BeginReading()
    {
        lock (_gate)
            _threads.BeginReading(_engine);
    }

    public void EndReading()
    {
        lock (_gate)
            _threads.EndReading();
    }

    /// <summary>A unit begins: while nobody reads, the engine uses fewer threads.</summary>
    public void BeginWriting()
    {
        lock (_gate)
            _threads.BeginWriting(_engine);
    }

    /// <summary>Attaches a day and keeps it until it is given back; null when there is no file and none is to be made.</summary>
    internal DayFile? Rent(DateOnly day, bool create)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(day, out DayFile? file))
            {
                if (!create && !_days.Contains(day))
                    return null;
                DetachIdle(_options.OpenDays - 1);
                file = Attach(day);
                if (file is null && create)
                    file = Attach(day);
                if (file is null)
                    return null;
                _days.Add(day);
                _open.Add(day, file);
            }

            file.Leases++;
            file.LastUse = ++_uses;
            return file;
        }
    }

    internal void Return(DuckDBConnection connection, List<DayFile> files)
    {
        lock (_gate)
        {
            _sessions--;
            foreach (DayFile file in files)
                file.Leases--;
            if (_broken)
                connection.Dispose();
            else
                _idle.Push(connection);
            DetachIdle(_options.OpenDays);
        }
    }

    /// <summary>The engine has given itself up: everything is opened anew as soon as all who use it have finished.</summary>
    internal void Abandon()
    {
        lock (_gate)
            _broken = true;
    }

    /// <summary>Deletes a day and returns the octets freed; null when someone uses it.</summary>
    public long? Delete(DateOnly day)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(day, out DayFile? file))
            {
                if (file.Leases > 0)
                    return null;
                Detach(file);
            }

            string path = DayFile.PathOf(_folder, day);
            long bytes = DayFile.Bytes(path);
            File.Delete(path);
            File.Delete(DayFile.LogOf(path));
            _days.Remove(day);
            return bytes;
        }
    }

    /// <summary>
    /// Folds a day's write-ahead log into its file when it has grown large; what is not folded yet stays in the engine's memory. The engine never does so
    /// by itself, since that moves rows. The lock of <see cref="Calls"/> is held.
    /// </summary>
    public void Fold(DateOnly day)
    {
        if (DayFile.LogBytes(DayFile.PathOf(_folder, day)) < _options.CheckpointMegabytes * 1_000_000L)
            return;
        using DaySession session = Connect();
        if (session.Find(day) is not { } file)
            return;
        try
        {
            session.Connection.Run($"CHECKPOINT {file.Alias}");
        }
        finally
        {
            // Behind it: who has read rows while it ran has them from where they stood before.
            Calls.Changed();
        }
    }

    /// <summary>Octets on disk of a day.</summary>
    public long Bytes(DateOnly day) => DayFile.Bytes(DayFile.PathOf(_folder, day));

    /// <summary>The files that were set aside because they could not be read.</summary>
    public IReadOnlyList<string> SetAside => [.. Directory.EnumerateFiles(_folder, "*" + AsideExtension).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (DuckDBConnection connection in _idle)
                connection.Dispose();
            _idle.Clear();
            foreach (DayFile file in _open.Values.ToArray())
                Detach(file);
            _engine.Dispose();
        }
    }

    DuckDBConnection Start()
    {
        var engine = new DuckDBConnection("Data Source=:memory:");
        engine.Open();
        string spill = Path.Combine(_folder, ".spill");
        engine.Run(string.Create(CultureInfo.InvariantCulture, $"""
            SET memory_limit = '{_options.MemoryMegabytes}MB';
            SET checkpoint_threshold = '1TB';
            SET autoinstall_known_extensions = false;
            SET autoload_known_extensions = false;
            SET preserve_insertion_order = false;
            SET late_materialization_max_rows = {LargestLatePage};
            SET temp_directory = '{spill.Replace("'", "''", StringComparison.Ordinal)}';
            """));
        return engine;
    }

    void RestartWhenBroken()
    {
        if (!_broken)
            return;
        if (_sessions > 0)
            throw new StoreException($"{_folder} is being opened again after an error of the engine. It is tried again.", isTransient: true);

        foreach (DuckDBConnection connection in _idle)
            connection.Dispose();
        _idle.Clear();
        _open.Clear();
        _engine.Dispose();
        _engine = Start();
        _threads = new EngineThreads(_options.Threads, _threads.Reading);
        _broken = false;
    }

    DayFile? Attach(DateOnly day)
    {
        string path = DayFile.PathOf(_folder, day);
        string alias = new DayFile(day, path) { Columns = [], Applied = [] }.Alias;
        try
        {
            _engine.Run($"ATTACH '{path.Replace("'", "''", StringComparison.Ordinal)}' AS {alias} (STORAGE_VERSION 'latest', ROW_GROUP_SIZE {RowGroupRows})");
            return DaySchema.Open(_engine, day, path);
        }
        catch (DuckDBException error) when (EngineErrors.IsUnreadableFile(error))
        {
            SetFileAside(day, alias, error.Message);
            return null;
        }
        catch (StoreException error)
        {
            SetFileAside(day, alias, error.Message);
            return null;
        }
        catch (DuckDBException)
        {
            _engine.Run($"DETACH DATABASE IF EXISTS {alias}");
            throw;
        }
    }

    void SetFileAside(DateOnly day, string alias, string reason)
    {
        _engine.Run($"DETACH DATABASE IF EXISTS {alias}");
        string path = DayFile.PathOf(_folder, day);
        string aside = path;
        for (int number = 0; File.Exists(aside); number++)
            aside = number == 0 ? path + AsideExtension : string.Create(CultureInfo.InvariantCulture, $"{path}.{number}{AsideExtension}");
        File.Move(path, aside);
        if (File.Exists(DayFile.LogOf(path)))
            File.Move(DayFile.LogOf(path), DayFile.LogOf(aside));
        File.WriteAllText(aside + ".reason", reason + Environment.NewLine);
        _days.Remove(day);
    }

    void DetachIdle(int keep)
    {
        if (_broken)
            return;
        while (_open.Count > keep && _open.Values.Where(file => file.Leases == 0).MinBy(file => file.LastUse) is { } idle)
            Detach(idle);
    }

    void Detach(DayFile file)
    {
        _engine.Run($"DETACH {file.Alias}");
        _open.Remove(file.Day);
    }
}
