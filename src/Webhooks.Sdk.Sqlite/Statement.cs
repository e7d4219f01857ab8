using System;
using System.Text;
using SQLitePCL;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// A prepared statement: bind its parameters in their order, step, read. Disposed, it is ready to be used again.
/// </summary>
/// <remarks>
/// Without ADO.NET's parameter and reader objects, which cost more than SQLite does. Not thread-safe.
/// </remarks>
internal sealed class Statement : IDisposable
{
    private const int StackBytes = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _handle;
    private readonly bool _isCached;
    private int _bound;

    public Statement(sqlite3 database, string sql, bool isCached)
    {
        _database = database;
        _isCached = isCached;
        Check(raw.sqlite3_prepare_v2(database, sql, out _handle));
    }

    public Statement Bind(long value) => Checked(raw.sqlite3_bind_int64(_handle, ++_bound, value));

    public Statement Bind(bool value) => Bind(value ? 1L : 0L);

    public Statement Bind(long? value) => value is { } given ? Bind(given) : BindNull();

    public Statement Bind(ReadOnlySpan<byte> value) => Checked(raw.sqlite3_bind_blob(_handle, ++_bound, value));

    public Statement Bind(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(bytes);
    }

    public Statement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        return Checked(raw.sqlite3_bind_text(_handle, ++_bound, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="WebhookStoreException">SQLite failed.</exception>
    public bool Step()
    {
        int code = raw.sqlite3_step(_handle);

        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw SqliteFault.Of(_database, code);
        }

        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs the statement to its end.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_handle, column);

    public int Int32(int column) => raw.sqlite3_column_int(_handle, column);

    public bool Boolean(int column) => raw.sqlite3_column_int(_handle, column) != 0;

    public string Text(int column) => raw.sqlite3_column_text(_handle, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_handle, column).ToArray();

    public Guid Guid(int column) => new(raw.sqlite3_column_blob(_handle, column), bigEndian: true);

    public DateTimeOffset Time(int column) => UnixTicks.ToTime(Int64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    /// <summary>Ends the reading, which would hold back checkpoints, and forgets what was bound.</summary>
    public void Dispose()
    {
        if (_isCached)
        {
            // Its result is the failure of the last step, which was thrown.
            raw.sqlite3_reset(_handle);
            raw.sqlite3_clear_bindings(_handle);
            _bound = 0;
        }
        else
        {
            _handle.Dispose();
        }
    }

    public void Close() => _handle.Dispose();

    private Statement BindNull() => Checked(raw.sqlite3_bind_null(_handle, ++_bound));

    private Statement Checked(int code)
    {
        Check(code);
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw SqliteFault.Of(_database, code);
        }
    }
}
