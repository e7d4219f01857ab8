using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <content>Reading and replay.</content>
internal sealed partial class PostgreSqlWebhookStore
{
    private static readonly DeliveryQuestion Waiting = new(Sql.SelectWaiting, Id: "d.id", Time: "d.due_at");
    private static readonly DeliveryQuestion DeadLetters = new(Sql.SelectDeadLetters, Id: "d.delivery", Time: "d.died_at");
    private static readonly DeliveryQuestion Attempts = new(Sql.SelectAttempts, Id: "d.n", Time: "d.started_at", Delivery: "d.delivery");

    public async ValueTask<IReadOnlyList<StoredDelivery>> ReadWaitingAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(Waiting.Ask(_database, query), ReadStored, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<StoredDelivery>> ReadDeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(DeadLetters.Ask(_database, query), ReadStored, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<RecordedAttempt>> ReadAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(
            Attempts.Ask(_database, query),
            static row => new RecordedAttempt(row.GetInt64(0), row.GetInt64(1), row.GetGuid(2), row.GetString(3), row.GetString(4), ReadAttempt(row)),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> ReplayAsync(ReadOnlyMemory<long> deliveries, TimeSpan spread, CancellationToken cancellationToken = default)
    {
        int replayed = (await _database.ReadAsync(
            Sql.Replay, static row => row.GetInt32(0), cancellationToken, Numbers(deliveries), Parameter.Of(spread)).ConfigureAwait(false))[0];
        _wakeUp.Signal();
        return replayed;
    }

    public async ValueTask<int> ReplayDeadLettersAsync(DeliveryQuery query, TimeSpan spread, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<StoredDelivery> dead = await ReadDeadLettersAsync(query, cancellationToken).ConfigureAwait(false);
        return await ReplayAsync(dead.Select(static delivery => delivery.Id).ToArray(), spread, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<StoreStatistics> ReadStatisticsAsync(CancellationToken cancellationToken = default) =>
        (await _database.ReadAsync(
            Sql.Statistics,
            static row => new StoreStatistics(
                row.GetInt64(0),
                row.GetInt64(1),
                row.GetInt64(2),
                row.GetInt64(3),
                row.GetInt64(4),
                row.GetInt64(5),
                row.GetInt64(6),
                row.IsDBNull(7) || row.GetTimeSpan(7) < TimeSpan.Zero ? null : row.GetTimeSpan(7)),
            cancellationToken).ConfigureAwait(false))[0];

    private static StoredDelivery ReadStored(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        EventKey = row.GetGuid(1),
        EventId = row.GetString(2),
        EventType = row.GetString(3),
        Owner = row.TextOrNull(4),
        EndpointId = row.GetString(5),
        Attempts = row.GetInt32(6),
        At = row.Time(7),
        Reason = (DeadLetterReason)row.GetInt16(8),
        IsInLane = row.GetBoolean(9),
    };

    private static StoredAttempt ReadAttempt(NpgsqlDataReader row) => new()
    {
        Number = row.GetInt32(5),
        StartedAt = row.Time(6),
        Duration = TimeSpan.FromMilliseconds(row.GetInt32(7)),
        StatusCode = row.IsDBNull(8) ? null : row.GetInt16(8),
        Failure = (WebhookFailure)row.GetInt16(9),
        Error = row.TextOrNull(10),
    };
}
