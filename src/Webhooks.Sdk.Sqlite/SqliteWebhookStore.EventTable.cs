using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Webhooks.Sdk.Sqlite;

/// <content>The table of events, for those who write rows by themselves.</content>
internal sealed partial class SqliteWebhookStore
{
    public string Name => "webhooks_event";

    public string? Schema => null;

    public IReadOnlyList<WebhookEventColumn> Columns { get; } =
    [
        new() { Name = "uuid", Type = typeof(byte[]), IsKey = true, Read = static e => e.Key.ToByteArray(bigEndian: true) },
        // The database has no clock of its own, and webhooks_now() is known on the store's connections only.
        new() { Name = "created_at", Type = typeof(long), Read = _ => UnixTicks.From(timeProvider.GetUtcNow()) },
        new() { Name = "not_before", Type = typeof(long), IsNullable = true, Read = static e => UnixTicks.From(e.NotBefore) },
        new() { Name = "expires_at", Type = typeof(long), IsNullable = true, Read = static e => UnixTicks.From(e.ExpiresAt) },
        new() { Name = "timestamp", Type = typeof(long), Read = static e => UnixTicks.From(e.Timestamp) },
        new() { Name = "id", Type = typeof(string), Read = static e => e.Id },
        new() { Name = "owner", Type = typeof(string), IsNullable = true, Read = static e => e.Owner },
        new() { Name = "type", Type = typeof(string), Read = static e => e.Type },
        new() { Name = "subject", Type = typeof(string), IsNullable = true, Read = static e => e.Subject },
        new() { Name = "source", Type = typeof(string), IsNullable = true, Read = static e => e.Source },
        new() { Name = "idempotency_key", Type = typeof(string), Read = static e => e.IdempotencyKey },
        new() { Name = "trace_parent", Type = typeof(string), IsNullable = true, Read = static e => e.TraceParent },
        new() { Name = "data", Type = typeof(byte[]), Read = static e => e.Data.ToArray() },
    ];

    public void Check(DbConnection connection)
    {
        if (connection is not SqliteConnection given)
        {
            throw new ArgumentException(
                $"A {connection.GetType().Name} is no connection to the store's database, the SQLite file '{Opened.Path}'. Keep events in the database that they are published from, by the store for it: AddWebhooks().UsePostgreSql(…), for example.",
                nameof(connection));
        }

        RefuseOther(given, PathOf(given), nameof(connection));
    }

    // Commits of others are seen by whoever waits for work.
    public void Wake(DbTransaction? transaction)
    {
        if (transaction is null)
        {
            _signal.Set();
        }
    }

    private string PathOf(SqliteConnection connection)
    {
        if (connection.State == ConnectionState.Open)
        {
            return StoreConnection.PathOf(connection);
        }

        if (StoreFile.Locate(connection.DataSource) == Opened.Path)
        {
            return Opened.Path;
        }

        // Through a link, perhaps, or by a URI.
        connection.Open();

        try
        {
            return StoreConnection.PathOf(connection);
        }
        finally
        {
            connection.Close();
        }
    }
}
