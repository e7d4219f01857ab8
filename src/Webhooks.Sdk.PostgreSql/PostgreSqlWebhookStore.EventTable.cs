using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <content>The table of events to publish, for those who write rows by themselves.</content>
internal sealed partial class PostgreSqlWebhookStore
{
    private volatile string? _checked;

    public string Name => "outbox";

    string IWebhookEventTable.Schema => _database.Schema.Name;

    public IReadOnlyList<WebhookEventColumn> Columns { get; } =
    [
        new() { Name = "key", Type = typeof(Guid), IsKey = true, Read = static e => e.Key },
        new() { Name = "not_before", Type = typeof(DateTimeOffset), IsNullable = true, Read = static e => e.NotBefore },
        new() { Name = "expires_at", Type = typeof(DateTimeOffset), IsNullable = true, Read = static e => e.ExpiresAt },
        new() { Name = "timestamp", Type = typeof(long), Read = static e => e.Timestamp.UtcTicks - DateTimeOffset.UnixEpoch.Ticks },
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
        // Asked before each SaveChanges, with the connection string of the one before.
        if (connection is NpgsqlConnection { State: ConnectionState.Closed } && connection.ConnectionString == _checked)
        {
            return;
        }

        CallerTransaction.Check(connection, _database.Address);
        _checked = connection.ConnectionString;
    }

    public void Wake(DbTransaction? transaction)
    {
        if (transaction is NpgsqlTransaction open)
        {
            _wakeUp.WatchFor(open);
            return;
        }

        _wakeUp.Signal();
    }
}
