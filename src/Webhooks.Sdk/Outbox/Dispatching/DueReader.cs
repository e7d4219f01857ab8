using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Reads what is due outside of lanes, takes it in hand as far as there is room, and moves to lanes what cannot be worked on now. Used by one task.
/// </summary>
internal sealed class DueReader(
    IWebhookStore store, TimeProvider timeProvider, EndpointSettings settings, WorkInHand hand, WorkLoader loader, LaneReader lanes)
{
    private readonly ReadingPosition _position = new(timeProvider);

    /// <summary>Gets whether the last reading began at the beginning.</summary>
    public bool IsWhole => _position.IsWhole;

    /// <summary>Whether the reader may rest although the beginning was not read.</summary>
    public bool MayRest(long timestamp) => _position.MayRest(timestamp);

    /// <summary>Reads from the beginning next.</summary>
    public void Restart() => _position.Restart();

    /// <summary>Reads once.</summary>
    /// <returns>Whether something was taken in hand or moved, or there is more to read at once.</returns>
    public async ValueTask<bool> ReadAsync(int[] buckets, bool mayRest, long timestamp, CancellationToken cancellationToken)
    {
        int limit = store.Capabilities.MaxBatch;
        DueCursor after = _position.Next(buckets, timestamp);
        hand.BeginReading();
        IReadOnlyList<DueDelivery> due = await store.ReadDueAsync(buckets, after, limit, cancellationToken).ConfigureAwait(false);
        _position.Note();
        IReadOnlyList<WorkItem> items = await loader.LoadAsync(due, timestamp, cancellationToken).ConfigureAwait(false);
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
                await lanes.MoveAsync(endpoint, [.. group.Skip(room).Select(static item => item.Delivery)], cancellationToken).ConfigureAwait(false);
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
}
