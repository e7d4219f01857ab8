using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Reads deliveries that are due, takes them in hand as far as there is room, and moves out of the way what cannot be worked on now. Used by one task.
/// </summary>
internal sealed class DueReader(IWebhookStore store, TimeProvider timeProvider, EndpointSettings settings, LeaseKeeper leases, WorkInHand hand)
{
    private readonly EventCache _events = new(store);
    private readonly EndpointCache _endpoints = new(store);
    private readonly Lanes _lanes = new(store, hand);
    private readonly ReadingPosition _position = new(timeProvider);

    /// <summary>Reads once.</summary>
    /// <param name="mayRest">Whether endpoints that are sick or give no turn are left alone for a while.</param>
    /// <param name="timestamp">The time of the reading.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Whether something was taken in hand or moved, or there is more to read at once.</returns>
    public async ValueTask<bool> RunAsync(bool mayRest, long timestamp, CancellationToken cancellationToken)
    {
        int[] buckets = leases.TrustedBuckets();

        if (buckets.Length == 0 || hand.IsFull)
        {
            return false;
        }

        bool hasRead = await ReadDueAsync(buckets, mayRest, timestamp, cancellationToken).ConfigureAwait(false);

        if (!hasRead && !_position.IsWhole)
        {
            _position.Restart();
            hasRead = await ReadDueAsync(buckets, mayRest, timestamp, cancellationToken).ConfigureAwait(false);
        }

        return await ReadLanesAsync(buckets, mayRest, timestamp, cancellationToken).ConfigureAwait(false) || hasRead;
    }

    private async ValueTask<bool> ReadDueAsync(int[] buckets, bool mayRest, long timestamp, CancellationToken cancellationToken)
    {
        int limit = store.Capabilities.MaxBatch;
        DueCursor after = _position.Next(buckets, timestamp);
        hand.BeginReading();
        IReadOnlyList<DueDelivery> due = await store.ReadDueAsync(buckets, after, limit, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<WorkItem> items = await LoadAsync(due, timestamp, cancellationToken).ConfigureAwait(false);
        var left = new HashSet<long>();
        bool isFull = false;

        foreach (IGrouping<string, WorkItem> group in items.GroupBy(static item => WorkInHand.KeyOf(item.Delivery), StringComparer.Ordinal))
        {
            StoredEndpoint endpoint = group.First().Endpoint;
            bool isAside = group.First().Delivery.IsSetAside;
            bool mayWork = endpoint.State == WebhookEndpointState.Active && (!endpoint.HasLane || isAside);
            int room = mayWork ? hand.RoomFor(group.Key, ordered: false, mayRest) : 0;
            WorkItem[] taken = [.. group.Take(room)];

            if (taken.Length > 0)
            {
                hand.Add(group.Key, ordered: false, settings.MaxConcurrencyOf(endpoint), taken);
            }

            isFull |= hand.IsFull;

            if (taken.Length == group.Count())
            {
                continue;
            }

            // What was set aside has left its lane for good, and what has no room because everything is full may stay where it is.
            if (isAside)
            {
                _position.Leave();
            }
            else if (isFull)
            {
                left.UnionWith(group.Skip(taken.Length).Select(static item => item.Delivery.Id));
            }
            else
            {
                await _lanes.MoveAsync(endpoint.Id, group.Skip(room).Select(static item => item.Delivery.Id), cancellationToken).ConfigureAwait(false);
            }
        }

        bool hasMore = due.Count == limit;

        if (isFull)
        {
            _position.AfterLast(due.TakeWhile(delivery => !left.Contains(delivery.Id)).LastOrDefault().Cursor);
        }
        else if (hasMore)
        {
            _position.AfterPage(due[^1].Cursor);
        }
        else
        {
            _position.AfterAll(due);
        }

        return (items.Count > 0 && !items.All(static item => item.Delivery.IsSetAside)) || hasMore;
    }

    private async ValueTask<bool> ReadLanesAsync(int[] buckets, bool mayRest, long timestamp, CancellationToken cancellationToken)
    {
        IReadOnlyList<WaitingLane> lanes = await _lanes.ReadAsync(buckets, cancellationToken).ConfigureAwait(false);
        bool hasTaken = false;

        foreach (WaitingLane lane in lanes)
        {
            int room = lane.IsDue ? hand.RoomFor(lane.EndpointId, lane.Ordered, mayRest) : 0;

            if (room > 0)
            {
                int limit = room + hand.CountOf(lane.EndpointId);
                hand.BeginReading();
                IReadOnlyList<DueDelivery> rows = await store.ReadLaneAsync(lane.EndpointId, default, limit, cancellationToken).ConfigureAwait(false);

                // Nothing of an ordered endpoint overtakes one that waits.
                IReadOnlyList<WorkItem> items =
                    await LoadAsync(rows.TakeWhile(static delivery => delivery.IsDue), timestamp, cancellationToken).ConfigureAwait(false);

                if (items.Count > 0)
                {
                    hand.Add(lane.EndpointId, lane.Ordered, settings.MaxConcurrencyOf(items[0].Endpoint), [.. items.Take(room)]);
                    hasTaken = true;
                }
            }
        }

        return hasTaken;
    }

    private async ValueTask<IReadOnlyList<WorkItem>> LoadAsync(
        IEnumerable<DueDelivery> deliveries, long timestamp, CancellationToken cancellationToken)
    {
        DueDelivery[] fresh = [.. deliveries.Where(delivery => !hand.IsKnown(delivery.Id))];

        if (fresh.Length == 0)
        {
            return [];
        }

        IReadOnlyDictionary<Guid, CachedEvent> events = await _events.ReadAsync(fresh, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, StoredEndpoint> endpoints = await _endpoints.ReadAsync(fresh, cancellationToken).ConfigureAwait(false);
        var items = new List<WorkItem>(fresh.Length);

        foreach (DueDelivery delivery in fresh)
        {
            // What was erased since is left out.
            if (events.TryGetValue(delivery.EventKey, out CachedEvent? webhookEvent) && endpoints.TryGetValue(delivery.EndpointId, out StoredEndpoint? endpoint))
            {
                items.Add(new WorkItem(delivery, endpoint, webhookEvent, timestamp));
            }
        }

        return items;
    }
}
