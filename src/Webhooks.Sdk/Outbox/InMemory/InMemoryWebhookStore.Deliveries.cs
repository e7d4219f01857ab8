using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <content>Deliveries: made, read, moved.</content>
internal sealed partial class InMemoryWebhookStore
{
    private readonly Dictionary<long, DeliveryRow> _deliveries = [];
    private readonly SortedSet<DueCursor> _due = new(DueOrder.Instance);
    private readonly HashSet<EndpointRow> _lanes = [];
    private long _lastDelivery;

    public ValueTask<int> FanOutAsync(ReadOnlyMemory<FanOut> batch, CancellationToken cancellationToken = default)
    {
        int added = 0;

        lock (_lock)
        {
            foreach (FanOut fanOut in batch.Span)
            {
                added += Add(fanOut);
            }
        }

        _signal.Set();
        return new(added);
    }

    public ValueTask<IReadOnlyList<DueDelivery>> ReadDueAsync(
        ReadOnlyMemory<int> buckets, DueCursor after, int limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            DateTimeOffset now = Now;
            bool[] wanted = Mark(buckets.Span);

            // From the least that comes after the cursor to the greatest that is due.
            return new([
                .. Between(_due, after, new DueCursor(now, long.MaxValue))
                    .Select(cursor => _deliveries[cursor.DeliveryId])
                    .Where(delivery => wanted[delivery.Endpoint.Bucket])
                    .Take(limit)
                    .Select(delivery => delivery.ToDue(now)),
            ]);
        }
    }

    public ValueTask<LaneReading> ReadLanesAsync(ReadOnlyMemory<int> buckets, long after, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            DateTimeOffset now = Now;
            bool[] wanted = Mark(buckets.Span);

            return new(new LaneReading(
                [
                    .. _lanes.Where(endpoint => wanted[endpoint.Bucket] && endpoint.Stored.State == WebhookEndpointState.Active && endpoint.LastInLane > after)
                        .Select(endpoint => endpoint.ToWaiting(now)),
                ],
                _lastDelivery));
        }
    }

    public ValueTask<IReadOnlyList<DueDelivery>> ReadInLanesAsync(ReadOnlyMemory<LaneQuery> lanes, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            DateTimeOffset now = Now;
            var found = new List<DueDelivery>();

            foreach (LaneQuery lane in lanes.Span)
            {
                if (_endpoints.TryGetValue(lane.EndpointId, out EndpointRow? endpoint) && endpoint.Stored.State == WebhookEndpointState.Active)
                {
                    var last = new DueCursor(endpoint.Stored.Ordered ? DateTimeOffset.MaxValue : now, long.MaxValue);
                    found.AddRange(Between(endpoint.Lane, lane.After, last).Take(lane.Limit).Select(cursor => _deliveries[cursor.DeliveryId].ToDue(now)));
                }
            }

            return new(found);
        }
    }

    public ValueTask MoveToLaneAsync(string endpointId, ReadOnlyMemory<long> deliveries, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_endpoints.TryGetValue(endpointId, out EndpointRow? endpoint))
            {
                return default;
            }

            if (!endpoint.Stored.HasLane)
            {
                endpoint.Change(static stored => stored with { HasLane = true });
            }

            foreach (long id in deliveries.Span)
            {
                if (_deliveries.TryGetValue(id, out DeliveryRow? delivery) && delivery.Endpoint == endpoint && !delivery.IsInLane)
                {
                    Unqueue(delivery);
                    Queue(delivery, inLane: true);
                }
            }
        }

        return default;
    }

    public ValueTask<bool> LeaveLaneAsync(string endpointId, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_endpoints.TryGetValue(endpointId, out EndpointRow? endpoint) || endpoint.Stored.Ordered || endpoint.Waiting > 0)
            {
                return new(endpoint is null);
            }

            if (endpoint.Stored.HasLane)
            {
                endpoint.Change(static stored => stored with { HasLane = false });
            }

            return new(true);
        }
    }

    private static bool[] Mark(ReadOnlySpan<int> buckets)
    {
        bool[] marked = new bool[BucketLease.Buckets];

        foreach (int bucket in buckets)
        {
            marked[bucket] = true;
        }

        return marked;
    }

    private static SortedSet<DueCursor> Between(SortedSet<DueCursor> set, DueCursor after, DueCursor last)
    {
        var first = new DueCursor(after.DueAt, after.DeliveryId + 1);
        return set.Comparer.Compare(first, last) > 0 ? [] : set.GetViewBetween(first, last);
    }

    private int Add(FanOut fanOut)
    {
        if (!_events.TryGetValue(fanOut.EventKey, out EventRow? row) || !row.IsPending || row.FannedOutTo != fanOut.After)
        {
            return 0;
        }

        _bytes -= row.Size;
        int added = 0;

        foreach (string endpointId in fanOut.EndpointIds)
        {
            if (_endpoints.TryGetValue(endpointId, out EndpointRow? endpoint))
            {
                AddDelivery(row, endpoint, row.Stored.NotBefore ?? Now, row.Stored.CountsForHealth);
                added++;
            }
        }

        row.FannedOutTo = fanOut.Until;
        row.IsPending = fanOut.Until is not null;
        _bytes += row.Size;

        if (!row.IsPending)
        {
            _pending.Remove(row.Order);
            NoteFinished(row);
        }

        return added;
    }

    private void AddDelivery(EventRow row, EndpointRow endpoint, DateTimeOffset dueAt, bool countsForHealth)
    {
        var delivery = new DeliveryRow(++_lastDelivery, row, endpoint) { DueAt = dueAt, CountsForHealth = countsForHealth };
        _deliveries.Add(delivery.Id, delivery);
        row.Waiting.Add(delivery.Id, delivery);
        Queue(delivery, endpoint.Stored.HasLane);
    }

    private void Queue(DeliveryRow delivery, bool inLane)
    {
        if (inLane)
        {
            delivery.Endpoint.AddToLane(delivery);
            _lanes.Add(delivery.Endpoint);
        }
        else
        {
            _due.Add(delivery.Cursor);
        }
    }

    private void Unqueue(DeliveryRow delivery)
    {
        if (!delivery.IsInLane)
        {
            _due.Remove(delivery.Cursor);
            return;
        }

        delivery.Endpoint.RemoveFromLane(delivery);

        if (delivery.Endpoint.Waiting == 0)
        {
            _lanes.Remove(delivery.Endpoint);
        }
    }

    private void RemoveDelivery(DeliveryRow delivery)
    {
        Unqueue(delivery);
        _deliveries.Remove(delivery.Id);
        delivery.Event.Waiting.Remove(delivery.Id);
    }
}
