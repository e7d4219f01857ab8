using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Sqlite;

/// <content>Reading and replay.</content>
internal sealed partial class SqliteWebhookStore
{
    public ValueTask<IReadOnlyList<StoredDelivery>> ReadWaitingAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<StoredDelivery>>(
            connection => ReadStored(connection, new DeliveryQuestion(Sql.SelectWaiting, Id: "d.id", Time: "d.due_at"), query), cancellationToken);

    public ValueTask<IReadOnlyList<StoredDelivery>> ReadDeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<StoredDelivery>>(connection => ReadDeadLetters(connection, query), cancellationToken);

    public ValueTask<IReadOnlyList<RecordedAttempt>> ReadAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<RecordedAttempt>>(
            connection =>
            {
                var question = new DeliveryQuestion(Sql.SelectAttempts, Id: "d.n", Time: "d.started_at", Delivery: "d.delivery");
                using Statement read = question.Ask(connection, query);
                var attempts = new List<RecordedAttempt>();

                while (read.Step())
                {
                    attempts.Add(new RecordedAttempt(read.Int64(0), read.Int64(1), read.Guid(2), read.Text(3), read.Text(4), ReadAttempt(read)));
                }

                return attempts;
            },
            cancellationToken);

    public async ValueTask<int> ReplayAsync(ReadOnlyMemory<long> deliveries, TimeSpan spread, CancellationToken cancellationToken = default)
    {
        int replayed = await WriteAsync(
            connection =>
            {
                int sum = 0;

                foreach (long delivery in deliveries.Span)
                {
                    sum += Replay(connection, delivery, spread) ? 1 : 0;
                }

                return sum;
            },
            cancellationToken).ConfigureAwait(false);

        _signal.Set();
        return replayed;
    }

    public async ValueTask<int> ReplayDeadLettersAsync(DeliveryQuery query, TimeSpan spread, CancellationToken cancellationToken = default)
    {
        int replayed = await WriteAsync(
            connection =>
            {
                int sum = 0;

                foreach (StoredDelivery dead in ReadDeadLetters(connection, query))
                {
                    sum += Replay(connection, dead.Id, spread) ? 1 : 0;
                }

                return sum;
            },
            cancellationToken).ConfigureAwait(false);

        _signal.Set();
        return replayed;
    }

    public ValueTask<StoreStatistics> ReadStatisticsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection =>
            {
                using Statement read = connection.Use(Sql.Statistics);
                read.Step();
                long? late = read.IsNull(7) || read.Int64(7) < 0 ? null : read.Int64(7);
                return new StoreStatistics(
                    read.Int64(0),
                    read.Int64(1),
                    read.Int64(2),
                    read.Int64(3),
                    read.Int64(4),
                    read.Int64(5),
                    read.Int64(6),
                    late is { } ticks ? TimeSpan.FromTicks(ticks) : null);
            },
            cancellationToken);

    private static List<StoredDelivery> ReadDeadLetters(StoreConnection connection, DeliveryQuery query) =>
        ReadStored(connection, new DeliveryQuestion(Sql.SelectDeadLetters, Id: "d.delivery", Time: "d.died_at"), query);

    private static List<StoredDelivery> ReadStored(StoreConnection connection, DeliveryQuestion question, DeliveryQuery query)
    {
        using Statement read = question.Ask(connection, query);
        var deliveries = new List<StoredDelivery>();

        while (read.Step())
        {
            deliveries.Add(new StoredDelivery
            {
                Id = read.Int64(0),
                EventKey = read.Guid(1),
                EventId = read.Text(2),
                EventType = read.Text(3),
                Owner = read.TextOrNull(4),
                EndpointId = read.Text(5),
                Attempts = read.Int32(6),
                At = read.Time(7),
                Reason = (DeadLetterReason)read.Int32(8),
                IsInLane = read.Boolean(9),
            });
        }

        return deliveries;
    }

    private static StoredAttempt ReadAttempt(Statement read) => new()
    {
        Number = read.Int32(5),
        StartedAt = read.Time(6),
        Duration = TimeSpan.FromTicks(read.Int64(7)),
        StatusCode = read.IsNull(8) ? null : read.Int32(8),
        Failure = (WebhookFailure)read.Int32(9),
        Error = read.TextOrNull(10),
    };

    private static bool Replay(StoreConnection connection, long delivery, TimeSpan spread)
    {
        long delay = (long)(spread.Ticks * Random.Shared.NextDouble());

        using (Statement hasten = connection.Use(Sql.HastenDelivery))
        {
            if (hasten.Bind(delivery).Bind(delay).Run() > 0)
            {
                return true;
            }
        }

        return (Find(connection, Sql.DeleteDeadLetter, delivery) ?? Find(connection, Sql.ReadFinished, delivery)) is { } ended
            && Revive(connection, ended.Event, ended.Endpoint, delay);
    }

    private static (long Event, long Endpoint)? Find(StoreConnection connection, string sql, long delivery)
    {
        using Statement find = connection.Use(sql);
        return find.Bind(delivery).Step() ? (find.Int64(0), find.Int64(1)) : null;
    }

    private static bool Revive(StoreConnection connection, long webhookEvent, long endpoint, long delay)
    {
        using Statement insert = connection.Use(Sql.InsertReplay);
        return insert.Bind(webhookEvent).Bind(endpoint).Bind(delay).Run() > 0 && connection.Run(Sql.CountReplay) > 0;
    }
}
