using System.Collections.Concurrent;
using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>Where the values of a column come from when rows are appended.</summary>
/// <param name="Field">The field; null when the column is derived, or belongs to no field any more.</param>
readonly record struct ColumnSource(string Name, string Type, Field? Field);

/// <summary>Makes the tables of a day file from the catalogue, or brings an older file up to it.</summary>
static class DaySchema
{
    /// <summary>Raised when a program of before would leave out what it does not know of, or a file of before can no longer be read.</summary>
    const int Version = 2;

    /// <summary>From here on the identifiers of calls have a table.</summary>
    const int VersionWithIdentifiers = 2;

    /// <summary>Opens an attached file; throws <see cref="StoreException"/> when it is not one of ours.</summary>
    public static DayFile Open(DuckDBConnection connection, DateOnly day, string path)
    {
        var file = new DayFile(day, path) { Columns = new ColumnSource[TableLayout.All.Count][], Applied = new ConcurrentDictionary<uint, long>() };
        file.HasIdentifiers = VersionOf(connection, file, path) >= VersionWithIdentifiers;
        foreach (TableLayout layout in TableLayout.All)
            file.Columns[(int)layout.Kind] = OpenTable(connection, file, layout);

        using DuckDBDataReader applied = connection.Read($"SELECT journal, max(position) FROM {file.Alias}.main.applied GROUP BY journal");
        while (applied.Read())
            file.Applied[applied.GetFieldValue<uint>(0)] = applied.GetInt64(1);
        return file;
    }

    /// <summary>The version of the file, which an empty one is given now.</summary>
    static long VersionOf(DuckDBConnection connection, DayFile file, string path)
    {
        string alias = file.Alias;
        long tables = connection.Number("SELECT count(*) FROM duckdb_tables() WHERE database_name = $1", alias);
        if (tables == 0)
        {
            connection.Run($"""
                BEGIN;
                CREATE TABLE {alias}.main.about(version INTEGER NOT NULL);
                INSERT INTO {alias}.main.about VALUES ({Version});
                CREATE TABLE {alias}.main.applied(journal UINTEGER NOT NULL, position BIGINT NOT NULL);
                CREATE TABLE {file.Identifiers}(hash UINTEGER NOT NULL, {TableLayout.CallHash} UINTEGER NOT NULL);
                COMMIT;
                """);
            return Version;
        }

        bool ours = connection.Number("SELECT count(*) FROM duckdb_tables() WHERE database_name = $1 AND table_name IN ('about', 'applied')", alias) == 2;
        if (!ours)
            throw new StoreException($"{path} is a DuckDB file, but none of Homer.Search. Move it elsewhere.", isTransient: false);
        long version = connection.Number($"SELECT max(version) FROM {alias}.main.about");
        if (version > Version)
        {
            throw new StoreException(
                $"{path} was written by a newer Homer.Search (format {version}; this one knows {Version}). Run that version, or move the file elsewhere.",
                isTransient: false);
        }

        return version;
    }

    static ColumnSource[] OpenTable(DuckDBConnection connection, DayFile file, TableLayout layout)
    {
        List<(string Name, string Type)> columns = Present(connection, file.Alias, layout.Name);
        if (columns.Count == 0)
        {
            columns = [.. layout.Columns()];
            string definitions = string.Join(", ", columns.Select(column => $"{TableLayout.Quote(column.Name)} {column.Type}"));
            connection.Run($"CREATE TABLE {file.Table(layout.Kind)}({definitions})");
        }

        foreach ((string name, string type) in layout.Columns().Where(wanted => columns.TrueForAll(column => column.Name != wanted.Name)).ToArray())
        {
            connection.Run($"ALTER TABLE {file.Table(layout.Kind)} ADD COLUMN {TableLayout.Quote(name)} {type}");
            columns.Add((name, type));
        }

        Dictionary<string, Field> fields = layout.Fields.ToDictionary(field => field.Name);
        return [.. columns.Select(column => new ColumnSource(column.Name, column.Type, fields.GetValueOrDefault(column.Name)))];
    }

    static List<(string Name, string Type)> Present(DuckDBConnection connection, string alias, string table)
    {
        var columns = new List<(string, string)>();
        using DuckDBDataReader reader = connection.Read(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = $1 AND table_name = $2 ORDER BY column_index", alias, table);
        while (reader.Read())
            columns.Add((reader.GetString(0), reader.GetString(1)));
        return columns;
    }
}
