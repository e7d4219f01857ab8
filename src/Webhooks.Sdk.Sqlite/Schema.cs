using System.Globalization;

namespace Webhooks.Sdk.Sqlite;

/// <summary>Creates the tables, or checks that they are of this version.</summary>
internal static class Schema
{
    /// <exception cref="WebhookStoreException">The tables are of a newer version.</exception>
    public static void Prepare(StoreConnection connection)
    {
        // Only where it counts: the pragma waits for the writer's turn, and the caller's own transaction may have it.
        if (!Exists(connection))
        {
            connection.Run(Sql.AutoVacuum);
        }

        UseWriteAheadLog(connection);

        if (!Exists(connection))
        {
            connection.Run(Sql.Begin);

            // Another process may have been faster.
            if (!Exists(connection))
            {
                connection.RunScript(Sql.CreateSchema);
            }

            connection.Run(Sql.Commit);
        }

        if (connection.ReadNumber(Sql.ReadVersion) is var version && version != Sql.SchemaVersion)
        {
            throw new WebhookStoreException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The webhook tables in '{connection.Path}' are of version {version}, and this version of Webhooks.Sdk.Sqlite knows {Sql.SchemaVersion}. Use the newest version of the package that wrote them."),
                isTransient: false);
        }
    }

    private static bool Exists(StoreConnection connection) => connection.ReadNumber(Sql.HasSchema) is not null;

    private static void UseWriteAheadLog(StoreConnection connection)
    {
        using Statement statement = connection.Use(Sql.WriteAheadLog);

        if (!statement.Step() || statement.Text(0) != "wal")
        {
            throw new WebhookStoreException(
                $"The SQLite database '{connection.Path}' cannot keep a write-ahead log; its file system may not support shared memory.", isTransient: false);
        }
    }
}
