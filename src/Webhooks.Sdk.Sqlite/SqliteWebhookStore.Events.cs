using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace Webhooks.Sdk.Sqlite;

/// <content>Events: written and read.</content>
internal sealed partial class SqliteWebhookStore
{
    public async ValueTask<IReadOnlyList<StoredEvent>> AppendAsync(
        ReadOnlyMemory<StoredEvent> events, DbTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        if (transaction is not null)
        {
            // On the caller's connection, which must not be used by two threads: no other thread is involved, and the caller's commit decides.
            using StoreConnection connection = StoreConnection.Borrow(ConnectionOf(transaction), timeProvider);
            return Append(connection, events.Span);
        }

        if (events.IsEmpty)
        {
            return [];
        }

        StoredEvent[] stored = await WriteAsync(connection => Append(connection, events.Span), cancellationToken).ConfigureAwait(false);
        _signal.Set();
        return stored;
    }

    public ValueTask<IReadOnlyList<PendingEvent>> ReadPendingAsync(int limit, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<PendingEvent>>(
            connection =>
            {
                using Statement read = connection.Use(Sql.ReadPending);
                read.Bind(limit);
                var pending = new List<PendingEvent>();

                while (read.Step())
                {
                    pending.Add(new PendingEvent(ReadEvent(read), read.TextOrNull(15)));
                }

                return pending;
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(ReadOnlyMemory<Guid> keys, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<StoredEvent>>(
            connection =>
            {
                var found = new List<StoredEvent>(keys.Length);

                foreach (Guid key in keys.Span)
                {
                    using Statement read = connection.Use(Sql.ReadEvent);

                    if (read.Bind(key).Step())
                    {
                        found.Add(ReadEvent(read));
                    }
                }

                return found;
            },
            cancellationToken);

    private static StoredEvent[] Append(StoreConnection connection, ReadOnlySpan<StoredEvent> events)
    {
        var stored = new StoredEvent[events.Length];

        for (int i = 0; i < stored.Length; i++)
        {
            stored[i] = Insert(connection, events[i]) ? events[i] : ReadFirst(connection, events[i]);
        }

        return stored;
    }

    internal static bool Insert(StoreConnection connection, StoredEvent added)
    {
        using Statement insert = connection.Use(Sql.InsertEvent);
        return insert
            .Bind(added.Key)
            .Bind(UnixTicks.From(added.NotBefore))
            .Bind(UnixTicks.From(added.ExpiresAt))
            .Bind(added.CountsForHealth)
            .Bind(UnixTicks.From(added.Timestamp))
            .Bind(added.Id)
            .Bind(added.Owner)
            .Bind(added.Type)
            .Bind(added.Subject)
            .Bind(added.Source)
            .Bind(added.EndpointId)
            .Bind(added.IdempotencyKey)
            .Bind(added.TraceParent)
            .Bind(added.Data.Span)
            .Bind(added.SealedRequest.Span)
            .Run() > 0;
    }

    private static StoredEvent ReadFirst(StoreConnection connection, StoredEvent repeated)
    {
        using Statement read = connection.Use(Sql.ReadEventByKey);

        return read.Bind(repeated.IdempotencyKey).Bind(repeated.Owner).Step()
            ? ReadEvent(read)
            : throw new ArgumentException($"An event with the store's key {repeated.Key} is stored already; make a new key for each event.", nameof(repeated));
    }

    private static StoredEvent ReadEvent(Statement read) => new()
    {
        Key = read.Guid(0),
        NotBefore = read.TimeOrNull(1),
        ExpiresAt = read.TimeOrNull(2),
        CountsForHealth = read.Boolean(3),
        Timestamp = read.Time(4),
        Id = read.Text(5),
        Owner = read.TextOrNull(6),
        Type = read.Text(7),
        Subject = read.TextOrNull(8),
        Source = read.TextOrNull(9),
        EndpointId = read.TextOrNull(10),
        IdempotencyKey = read.Text(11),
        TraceParent = read.TextOrNull(12),
        Data = read.Bytes(13),
        SealedRequest = read.Bytes(14),
    };

    private SqliteConnection ConnectionOf(DbTransaction transaction)
    {
        if (transaction is not SqliteTransaction)
        {
            throw new ArgumentException(
                $"A {transaction.GetType().Name} is no transaction of the store's database, the SQLite file '{Opened.Path}'. Hand over a SqliteTransaction of that file, or publish without one.",
                nameof(transaction));
        }

        if (transaction.Connection is not SqliteConnection connection)
        {
            throw new ArgumentException("The transaction is over: it was committed, rolled back or disposed.", nameof(transaction));
        }

        RefuseOther(connection, StoreConnection.PathOf(connection), nameof(transaction));
        return connection;
    }

    private void RefuseOther(SqliteConnection connection, string path, string paramName)
    {
        if (path != Opened.Path)
        {
            throw new ArgumentException(
                $"The transaction is of '{(path.Length > 0 ? path : connection.DataSource)}', and the store is '{Opened.Path}': a transaction spans one file. Keep both in the same one, or publish without the transaction.",
                paramName);
        }
    }
}
