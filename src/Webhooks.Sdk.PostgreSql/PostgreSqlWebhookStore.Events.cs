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
    // Events of a caller's transaction claim their keys at fan-out, and none waits longer for it than this.
    private static readonly TimeSpan LongestUnclaimed = TimeSpan.FromDays(1);

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

    public async ValueTask<IReadOnlyList<PendingEvent>> ReadPendingAsync(int limit, CancellationToken cancellationToken = default) =>
        await _database.ReadInOrderAsync(
            Sql.ReadPending,
            limit,
            static row => new PendingEvent(EventRows.Read(row), row.TextOrNull(EventRows.Columns)),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(ReadOnlyMemory<Guid> keys, CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(Sql.ReadEvents, EventRows.Read, cancellationToken, Keys(keys.ToArray())).ConfigureAwait(false);

    private async Task<IReadOnlyList<StoredEvent>> AppendGroupAsync(StoredEvent[] events)
    {
        try
        {
            List<Guid> added = await _database.ReadAsync(Sql.Append, static row => row.GetGuid(0), CancellationToken.None, EventRows.Write(events))
                .ConfigureAwait(false);
            return await ResolveAsync(events, added, connection: null, CancellationToken.None).ConfigureAwait(false);
        }
        catch (WebhookStoreException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw KeyIsStored(events, exception);
        }
    }

    private async Task<IReadOnlyList<StoredEvent>> AppendInTransactionAsync(
        StoredEvent[] events, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Within one statement none sees the others.
        StoredEvent[] firsts = [.. events.DistinctBy(static e => (e.Owner, e.IdempotencyKey))];

        try
        {
            List<Guid> added = firsts.Length == 0 ? [] : await _database.ReadAsync(
                Database.On(connection, _database.Text(Sql.AppendInTransaction), [.. EventRows.Write(firsts), Parameter.Of(Oldest(firsts))]),
                static row => row.GetGuid(0),
                cancellationToken).ConfigureAwait(false);
            return await ResolveAsync(events, added, connection, cancellationToken).ConfigureAwait(false);
        }
        catch (WebhookStoreException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw KeyIsStored(events, exception);
        }
    }

    /// <summary>Gives for each event the one that is stored under its key.</summary>
    private async Task<IReadOnlyList<StoredEvent>> ResolveAsync(
        StoredEvent[] events, List<Guid> added, NpgsqlConnection? connection, CancellationToken cancellationToken)
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
                first = await ReadFirstAsync(given, connection, cancellationToken).ConfigureAwait(false);
                firsts.Add((given.Owner, given.IdempotencyKey), first);
            }

            // Stored by a call whose answer was lost: it is the caller's own.
            stored[i] = first.Key == given.Key ? given : first;
        }

        return stored;
    }

    private async Task<StoredEvent> ReadFirstAsync(StoredEvent repeated, NpgsqlConnection? connection, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [Parameter.Of(repeated.IdempotencyKey), Parameter.Of(repeated.Owner)];
        string text = _database.Text(Sql.ReadFirst);
        NpgsqlCommand command = connection is null ? _database.Command(text, parameters) : Database.On(connection, text, parameters);
        List<StoredEvent> found = await _database.ReadAsync(command, EventRows.Read, cancellationToken).ConfigureAwait(false);

        return found.Count > 0
            ? found[0]
            : throw new WebhookStoreException(
                "An event with the same idempotency key was being deleted while this one was published. Publish it again.", isTransient: true);
    }

    /// <summary>The least key of an event that may still be unclaimed: keys rise with time.</summary>
    private static Guid Oldest(StoredEvent[] events)
    {
        Span<byte> bytes = stackalloc byte[16];
        events.Min(static e => e.Key).TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;

        foreach (byte each in bytes[..6])
        {
            milliseconds = (milliseconds << 8) | each;
        }

        return PartitionDay.KeyAt(Math.Max(0, milliseconds - (long)LongestUnclaimed.TotalMilliseconds));
    }

    private static ArgumentException KeyIsStored(StoredEvent[] events, WebhookStoreException exception) =>
        new(
            $"One of the store's keys {string.Join(", ", events.Select(static e => e.Key.ToString()))} is stored already; make a new key for each event.",
            nameof(events),
            exception);

    private static NpgsqlParameter Keys(Guid[] keys) => Parameter.Array(NpgsqlDbType.Uuid, keys, static key => key);
}
