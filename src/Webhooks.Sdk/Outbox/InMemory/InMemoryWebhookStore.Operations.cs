using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <content>Reading, replay, deletion.</content>
internal sealed partial class InMemoryWebhookStore
{
    public ValueTask<IReadOnlyList<StoredDelivery>> ReadWaitingAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(Select(query, _deliveries.Values.Select(static delivery => delivery.ToStored())));
        }
    }

    public ValueTask<IReadOnlyList<StoredDelivery>> ReadDeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(Select(query, _dead.Values.Select(static dead => dead.Stored)));
        }
    }

    public ValueTask<IReadOnlyList<RecordedAttempt>> ReadAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new([
                .. _events.Values
                    .Where(row => query.Owner is null || row.Stored.Owner == query.Owner)
                    .SelectMany(static row => row.Attempts)
                    .Where(attempt => attempt.Id > query.After
                        && (query.EndpointId is null || attempt.EndpointId == query.EndpointId)
                        && (query.EventId is null || attempt.EventId == query.EventId)
                        && (query.DeliveryId is null || attempt.DeliveryId == query.DeliveryId)
                        && (query.Since is null || attempt.Attempt.StartedAt >= query.Since))
                    .OrderBy(static attempt => attempt.Id)
                    .Take(query.Limit),
            ]);
        }
    }

    public ValueTask<int> ReplayAsync(ReadOnlyMemory<long> deliveries, TimeSpan spread, CancellationToken cancellationToken = default)
    {
        int replayed = 0;

        lock (_lock)
        {
            foreach (long id in deliveries.Span)
            {
                replayed += Replay(id, SpreadFromNow(spread)) ? 1 : 0;
            }
        }

        _signal.Set();
        return new(replayed);
    }

    public ValueTask<int> ReplayDeadLettersAsync(DeliveryQuery query, TimeSpan spread, CancellationToken cancellationToken = default)
    {
        int replayed = 0;

        lock (_lock)
        {
            foreach (StoredDelivery dead in Select(query, _dead.Values.Select(static dead => dead.Stored)))
            {
                replayed += Replay(dead.Id, SpreadFromNow(spread)) ? 1 : 0;
            }
        }

        _signal.Set();
        return new(replayed);
    }

    public ValueTask<int> EraseAsync(string? owner, string? subject, CancellationToken cancellationToken = default)
    {
        if (owner is null && subject is null)
        {
            throw new ArgumentException("Neither an owner nor a subject says what to delete; name one of them.", nameof(owner));
        }

        lock (_lock)
        {
            List<EventRow> erased =
            [
                .. _events.Values.Where(row => (owner is null || row.Stored.Owner == owner) && (subject is null || row.Stored.Subject == subject)),
            ];
            List<EndpointRow> endpoints = subject is null ? [.. _endpoints.Values.Where(row => row.Stored.Owner == owner)] : [];

            foreach (EventRow row in erased)
            {
                Erase(row);
            }

            foreach (EndpointRow row in endpoints)
            {
                Delete(row);
            }

            return new(erased.Count + endpoints.Count);
        }
    }

    public ValueTask<int> PurgeAsync(TimeSpan finishedFor, TimeSpan deadFor, int limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            DateTimeOffset now = Now;
            List<EventRow> old =
            [
                .. _events.Values
                    .Where(row => row.IsFinished && now - row.CreatedAt >= (row.Dead.Count > 0 ? deadFor : finishedFor))
                    .Take(limit),
            ];
            old.ForEach(RemoveEvent);
            return new(old.Count);
        }
    }

    public ValueTask<StoreStatistics> ReadStatisticsAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            TimeSpan late = _due.Count > 0 ? Now - _due.Min.DueAt : TimeSpan.MinValue;
            return new(new StoreStatistics(
                _events.Count,
                _pending.Count,
                _deliveries.Count,
                _lanes.Sum(static endpoint => (long)endpoint.Waiting),
                _dead.Count,
                _events.Values.Sum(static row => (long)row.Attempts.Count),
                _endpoints.Count,
                late >= TimeSpan.Zero ? late : null));
        }
    }

    private static List<StoredDelivery> Select(DeliveryQuery query, IEnumerable<StoredDelivery> deliveries) =>
    [
        .. deliveries
            .Where(delivery => delivery.Id > query.After
                && (query.Owner is null || delivery.Owner == query.Owner)
                && (query.EndpointId is null || delivery.EndpointId == query.EndpointId)
                && (query.EventId is null || delivery.EventId == query.EventId)
                && (query.DeliveryId is null || delivery.Id == query.DeliveryId)
                && (query.Since is null || delivery.At >= query.Since))
            .OrderBy(static delivery => delivery.Id)
            .Take(query.Limit),
    ];

    private DateTimeOffset SpreadFromNow(TimeSpan spread) => Now + (spread * Random.Shared.NextDouble());

    private bool Replay(long id, DateTimeOffset dueAt)
    {
        if (_deliveries.TryGetValue(id, out DeliveryRow? waiting))
        {
            bool inLane = waiting.IsInLane;
            Unqueue(waiting);
            waiting.DueAt = dueAt;
            Queue(waiting, inLane);
            return true;
        }

        if (_dead.TryGetValue(id, out DeadLetterRow? dead))
        {
            RemoveDeadLetter(dead);
            Revive(dead.Event, dead.Endpoint, dueAt);
            return true;
        }

        foreach (EventRow row in _events.Values)
        {
            if (row.Attempts.Find(attempt => attempt.DeliveryId == id) is { EndpointId: { } endpointId })
            {
                bool isThere = _endpoints.TryGetValue(endpointId, out EndpointRow? endpoint);

                if (isThere)
                {
                    Revive(row, endpoint!, dueAt);
                }

                return isThere;
            }
        }

        return false;
    }

    private void Revive(EventRow row, EndpointRow endpoint, DateTimeOffset dueAt)
    {
        _bytes -= row.Size;
        AddDelivery(row, endpoint, dueAt, countsForHealth: false);
        _bytes += row.Size;
    }

    private void RemoveDeadLetter(DeadLetterRow dead)
    {
        _dead.Remove(dead.Stored.Id);
        dead.Event.Dead.Remove(dead.Stored.Id);
    }

    private void Erase(EventRow row)
    {
        _bytes -= row.Size;

        foreach (DeliveryRow delivery in row.Waiting.Values.ToList())
        {
            RemoveDelivery(delivery);
        }

        _bytes += row.Size;
        row.IsPending = false;
        _pending.Remove(row.Order);
        RemoveEvent(row);
    }
}
