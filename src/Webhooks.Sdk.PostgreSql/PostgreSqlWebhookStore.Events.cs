using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using NpgsqlTypes;

namespace Webhooks.Sdk.PostgreSql;

/// <content>Events: written and read.</content>
internal sealed partial class PostgreSqlWebhookStore
{
    public async ValueTask<IReadOnlyList<StoredEvent>> AppendAsync(
        ReadOnlyMemory<StoredEvent> events, DbTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        if (transaction is not null)
        {
            NpgsqlConnection connection = CallerTransaction.ConnectionOf(transaction, _database.Address);
            IReadOnlyList<StoredEvent> appended = await AppendInTransactionAsync(events.ToArray(), connection, cancellationToken).ConfigureAwait(false);
            _wakeUp.WatchFor((NpgsqlTransaction)transaction);
            return appended;
        }

        if (events.IsEmpty)
        {
            return [];
        }

        IReadOnlyList<StoredEvent> stored = await _writer.WriteAsync(events.ToArray(), cancellationToken).ConfigureAwait(false);
        _wakeUp.Signal();
        return stored;
    }

    public async ValueTask<IReadOnlyList<PendingEvent>> ReadPendingAsync(int limit, CancellationToken cancellationToken = default)
    {
        long after = _pending.Next();
        List<PendingRow> rows = await _database.ReadInOrderAsync(
            Sql.ReadPending, limit, EventRows.ReadPending, cancellationToken, Parameter.Of(after)).ConfigureAwait(false);

        _pending.Note(after, rows.Find(static row => row.Number is not null));
        return [.. rows.Select(static row => row.Event)];
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(ReadOnlyMemory<Guid> keys, CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(Sql.ReadEvents, EventRows.Read, cancellationToken, Keys(keys.ToArray())).ConfigureAwait(false);

    private async Task<IReadOnlyList<StoredEvent>> AppendGroupAsync(StoredEvent[] events)
    {
        try
        {
            List<Guid> added = await _database.ReadAsync(Sql.Append, static row => row.GetGuid(0), CancellationToken.None, EventRows.Write(events))
                .ConfigureAwait(false);
            return await ResolveAsync(events, added).ConfigureAwait(false);
        }
        catch (WebhookStoreException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw KeyIsStored(events, exception);
        }
    }

    private async Task<IReadOnlyList<StoredEvent>> AppendInTransactionAsync(
        StoredEvent[] events, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var stored = new StoredEvent[events.Length];

        try
        {
            for (int i = 0; i < events.Length; i++)
            {
                // Whoever publishes an event again gets the same one: that it is there need not be known before fan-out.
                string sql = events[i].IdempotencyKey == events[i].Id ? Sql.AppendInTransaction : Sql.AppendOnceInTransaction;
                NpgsqlCommand append = Database.On(connection, _database.Text(sql), EventRows.Write(events[i]));
                int added = await _database.RunAsync(append, cancellationToken).ConfigureAwait(false);
                stored[i] = added == 1 ? events[i] : await ReadFirstAsync(events[i], connection, cancellationToken).ConfigureAwait(false);
            }

            return stored;
        }
        catch (WebhookStoreException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw KeyIsStored(events, exception);
        }
    }

    /// <summary>Gives for each event the one that is stored under its key.</summary>
    private async Task<IReadOnlyList<StoredEvent>> ResolveAsync(StoredEvent[] events, List<Guid> added)
    {
        if (added.Count == events.Length)
        {
            return events;
        }

        HashSet<Guid> keys = [.. added];
        Dictionary<(string?, string), StoredEvent> firsts =
            events.Where(e => keys.Contains(e.Key)).ToDictionary(static e => (e.Owner, e.IdempotencyKey));
        var stored = new StoredEvent[events.Length];

        for (int i = 0; i < events.Length; i++)
        {
            StoredEvent given = events[i];

            if (!firsts.TryGetValue((given.Owner, given.IdempotencyKey), out StoredEvent? first))
            {
                first = await ReadFirstAsync(given, connection: null, CancellationToken.None).ConfigureAwait(false);
                firsts.Add((given.Owner, given.IdempotencyKey), first);
            }

            stored[i] = first;
        }

        return stored;
    }

    private async Task<StoredEvent> ReadFirstAsync(StoredEvent repeated, NpgsqlConnection? connection, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [Parameter.Of(repeated.IdempotencyKey), Parameter.Of(repeated.Owner)];
        string text = _database.Text(Sql.ReadFirst);
        NpgsqlCommand command = connection is null ? _database.Command(text, parameters) : Database.On(connection, text, parameters);
        List<StoredEvent> found = await _database.ReadAsync(command, EventRows.Read, cancellationToken).ConfigureAwait(false);

        // Stored by a call whose answer was lost, it is the caller's own.
        return found switch
        {
            [] => throw new WebhookStoreException(
                "An event with the same idempotency key was being deleted while this one was published. Publish it again.", isTransient: true),
            [StoredEvent first, ..] when first.Key == repeated.Key => repeated,
            [StoredEvent first, ..] => first,
        };
    }

    private static ArgumentException KeyIsStored(StoredEvent[] events, WebhookStoreException exception) =>
        new(
            $"One of the store's keys {string.Join(", ", events.Select(static e => e.Key.ToString()))} is stored already; make a new key for each event.",
            nameof(events),
            exception);

    private static NpgsqlParameter Keys(Guid[] keys) => Parameter.Array(NpgsqlDbType.Uuid, keys, static key => key);
}
