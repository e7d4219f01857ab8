using System;
using System.Collections.Generic;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// A connection with the store's clock and its prepared statements. Not thread-safe.
/// </summary>
internal sealed class StoreConnection : IDisposable
{
    private readonly SqliteConnection? _owned;
    private readonly sqlite3 _handle;

    // By reference: the texts are constants.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    private StoreConnection(SqliteConnection connection, bool isOwned, TimeProvider timeProvider)
    {
        _owned = isOwned ? connection : null;
        _handle = connection.Handle!;
        StoreClock.Set(_handle, timeProvider);
    }

    /// <summary>Gets the full path of the file, links resolved; empty for a database without one.</summary>
    public string Path => raw.sqlite3_db_filename(_handle, "main").utf8_to_string();

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Gets the path of the file of a connection of the caller's.</summary>
    public static string PathOf(SqliteConnection connection) => raw.sqlite3_db_filename(connection.Handle!, "main").utf8_to_string();

    /// <summary>Opens a connection of the store's own.</summary>
    public static StoreConnection Open(string connectionString, TimeProvider timeProvider)
    {
        var connection = new SqliteConnection(connectionString);

        try
        {
            connection.Open();
            var opened = new StoreConnection(connection, isOwned: true, timeProvider);
            opened.RunScript(Sql.Durable);
            return opened;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteFault.Of(connection.DataSource, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Uses a connection of the caller's, which stays open.</summary>
    public static StoreConnection Borrow(SqliteConnection connection, TimeProvider timeProvider) => new(connection, isOwned: false, timeProvider);

    /// <summary>Gives a prepared statement of <see cref="Sql"/>; dispose it after use.</summary>
    public Statement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out Statement? statement))
        {
            statement = new Statement(_handle, sql, isCached: true);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Prepares a statement that is put together for one use.</summary>
    public Statement Prepare(string sql) => new(_handle, sql, isCached: false);

    public int Run(string sql)
    {
        using Statement statement = Use(sql);
        return statement.Run();
    }

    /// <summary>Runs several statements that need no parameters.</summary>
    public void RunScript(string sql)
    {
        int code = raw.sqlite3_exec(_handle, sql);

        if (code != raw.SQLITE_OK)
        {
            throw SqliteFault.Of(_handle, code);
        }
    }

    /// <summary>Reads one number, or null when there is no row.</summary>
    public long? ReadNumber(string sql)
    {
        using Statement statement = Use(sql);
        return statement.Step() ? statement.Int64(0) : null;
    }

    public void Dispose()
    {
        foreach (Statement statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        _owned?.Dispose();
    }
}
