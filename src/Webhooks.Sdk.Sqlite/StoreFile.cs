using System;
using System.IO;
using Microsoft.Data.Sqlite;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// Where the store is: a file on a disk of this machine.
/// </summary>
internal sealed class StoreFile
{
    private const string Advice = "Name a file, as in UseSqlite(\"Data Source=webhooks.db\").";

    private readonly SqliteConnectionStringBuilder _connection;

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="ArgumentException">It does not name a file that can be written.</exception>
    public StoreFile(string connectionString)
    {
        _connection = new SqliteConnectionStringBuilder(connectionString);
        string source = _connection.DataSource;

        if (source.Length == 0)
        {
            throw new ArgumentException($"The connection string names no database. {Advice}", nameof(connectionString));
        }

        if (source == ":memory:" || _connection.Mode == SqliteOpenMode.Memory || source.Contains("mode=memory", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"A SQLite database in memory would lose every event with the process. {Advice} To keep events in memory on purpose, leave UseSqlite out.",
                nameof(connectionString));
        }

        if (_connection.Mode == SqliteOpenMode.ReadOnly || _connection.Cache == SqliteCacheMode.Shared)
        {
            throw new ArgumentException("The store writes by connections of its own: leave Mode=ReadOnly and Cache=Shared out.", nameof(connectionString));
        }

        // The store keeps its connections open; and it has its own time to wait for locks, instead of ADO.NET's.
        _connection.Pooling = false;
        _connection.DefaultTimeout = 1;
    }

    public string ConnectionString => _connection.ConnectionString;

    /// <summary>Gets the path, as far as it is known without opening the file.</summary>
    public string Path => _connection.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        ? System.IO.Path.GetFullPath(new Uri(_connection.DataSource.Split('?')[0], UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } uri ? uri.LocalPath : _connection.DataSource)
        : System.IO.Path.GetFullPath(_connection.DataSource);

    /// <summary>Refuses network file systems: the log's index is memory that the processes of one machine share.</summary>
    /// <param name="path">The full path of the database.</param>
    /// <param name="driveTypeOf">Tells the type of the drive that a directory is on.</param>
    /// <exception cref="WebhookStoreException">The path is on a network file system.</exception>
    public static void RefuseNetwork(string path, Func<string, DriveType> driveTypeOf)
    {
        string directory = System.IO.Path.GetDirectoryName(path)!;

        if (path.StartsWith(@"\\", StringComparison.Ordinal) || driveTypeOf(directory) == DriveType.Network)
        {
            throw new WebhookStoreException(
                $"The SQLite database '{path}' is on a network file system, where SQLite's locks and write-ahead log do not work. Use a local disk, or UsePostgreSql(…) for many machines.",
                isTransient: false);
        }
    }

    public static DriveType DriveTypeOf(string directory) => new DriveInfo(directory).DriveType;
}
