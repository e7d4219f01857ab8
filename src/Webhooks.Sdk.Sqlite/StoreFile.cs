using System;
using System.IO;
using Microsoft.Data.Sqlite;

namespace Webhooks.Sdk.Sqlite;

/// <summary>
/// Where the store is: a file on a disk of this machine.
/// </summary>
internal sealed class StoreFile
{
    private const string DataDirectory = "|DataDirectory|";
    private const string Advice = "Name a file, as in UseSqlite(\"Data Source=webhooks.db\").";

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="ArgumentException">It does not name a file that can be written.</exception>
    public StoreFile(string connectionString)
    {
        var connection = new SqliteConnectionStringBuilder(connectionString);
        string source = connection.DataSource;

        if (source == ":memory:" || connection.Mode == SqliteOpenMode.Memory)
        {
            throw new ArgumentException(
                $"A SQLite database in memory would lose every event with the process. {Advice} To keep events in memory on purpose, leave UseSqlite out.",
                nameof(connectionString));
        }

        if (source.Length == 0 || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException(
                $"The store is a file that is named by its path, and the connection string has {(source.Length == 0 ? "none" : $"the URI '{source}'")}. {Advice}",
                nameof(connectionString));
        }

        if (connection.Mode == SqliteOpenMode.ReadOnly || connection.Cache == SqliteCacheMode.Shared)
        {
            throw new ArgumentException("The store writes by connections of its own: leave Mode=ReadOnly and Cache=Shared out.", nameof(connectionString));
        }

        Path = Locate(source);
        connection.DataSource = Path;

        // The store keeps its connections open; and it has its own time to wait for locks, instead of ADO.NET's.
        connection.Pooling = false;
        connection.DefaultTimeout = 1;
        ConnectionString = connection.ConnectionString;
    }

    public string ConnectionString { get; }

    /// <summary>Gets the full path, the same even when the process changes its directory.</summary>
    public string Path { get; }

    public static DriveType DriveTypeOf(string directory) => new DriveInfo(directory).DriveType;

    /// <summary>Gives the full path of a data source, as Microsoft.Data.Sqlite finds it.</summary>
    public static string Locate(string source)
    {
        string directory = AppDomain.CurrentDomain.GetData("DataDirectory") as string ?? Environment.CurrentDirectory;
        bool isRelative = source.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase);
        return System.IO.Path.GetFullPath(isRelative ? source[DataDirectory.Length..].TrimStart('/', '\\') : source, directory);
    }

    /// <summary>Refuses network file systems: the index of the write-ahead log is memory that the processes of one machine share.</summary>
    /// <param name="driveTypeOf">Tells the type of the drive that a directory is on.</param>
    /// <exception cref="WebhookStoreException">The file is on a network file system.</exception>
    public void RefuseNetwork(Func<string, DriveType> driveTypeOf)
    {
        if (Path.StartsWith(@"\\", StringComparison.Ordinal) || driveTypeOf(System.IO.Path.GetDirectoryName(Path)!) == DriveType.Network)
        {
            throw new WebhookStoreException(
                $"The SQLite database '{Path}' is on a network file system, where SQLite's locks and write-ahead log do not work. Use a local disk, or UsePostgreSql(…) for many machines.",
                isTransient: false);
        }
    }
}
