using System;

namespace Webhooks.Sdk.Sqlite;

/// <summary>The connections of an open store.</summary>
internal sealed record OpenStore(string Path, GroupWriter Writer, ReaderPool Readers) : IDisposable
{
    /// <exception cref="WebhookStoreException">The file cannot be used.</exception>
    public static OpenStore Open(StoreFile file, TimeProvider timeProvider, Action othersCommitted)
    {
        file.RefuseNetwork(StoreFile.DriveTypeOf);
        StoreConnection connection = StoreConnection.Open(file.ConnectionString, timeProvider);

        try
        {
            Schema.Prepare(connection);
            var readers = new ReaderPool(() => StoreConnection.Open(file.ConnectionString, timeProvider));
            return new OpenStore(connection.Path, new GroupWriter(connection, othersCommitted), readers);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        // The last connection to close writes the log back into the database.
        Readers.Dispose();
        Writer.Dispose();
    }
}
