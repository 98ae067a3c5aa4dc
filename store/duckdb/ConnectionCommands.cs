using System.Globalization;
using DuckDB.NET.Data;

namespace Homer.Search.Store.DuckDb;

/// <summary>One line a statement. Parameters are <c>$1</c>, <c>$2</c> … in their order.</summary>
static class ConnectionCommands
{
    extension(DuckDBConnection connection)
    {
        /// <summary>Runs a statement and returns the rows changed.</summary>
        public int Run(string sql, params ReadOnlySpan<object> parameters)
        {
            using DuckDBCommand command = connection.Command(sql, parameters);
            return command.ExecuteNonQuery();
        }

        /// <summary>The rows of a query; the reader closes its command.</summary>
        public DuckDBDataReader Read(string sql, params ReadOnlySpan<object> parameters)
        {
            using DuckDBCommand command = connection.Command(sql, parameters);
            return command.ExecuteReader();
        }

        /// <summary>The one number a query answers with; 0 when it is null.</summary>
        public long Number(string sql, params ReadOnlySpan<object> parameters)
        {
            using DuckDBCommand command = connection.Command(sql, parameters);
            return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : 0;
        }

        DuckDBCommand Command(string sql, ReadOnlySpan<object> parameters)
        {
            DuckDBCommand command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (object parameter in parameters)
                command.Parameters.Add(new DuckDBParameter(parameter));
            return command;
        }
    }
}
