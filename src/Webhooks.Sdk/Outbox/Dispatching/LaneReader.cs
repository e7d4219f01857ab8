using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>Reads what is due in the lanes of endpoints, and takes it in hand as far as there is room. Used by one task.</summary>
internal sealed class LaneReader(IWebhookStore store, TimeProvider timeProvider, EndpointSettings settings, WorkInHand hand, WorkLoader loader)
{
    private readonly Lanes _lanes = new(store, hand);
    private readonly LaneBook _book = new(timeProvider);

    /// <summary>Gets whether the last reading was of all lanes.</summary>
    public bool IsWhole => _book.IsWhole;

    /// <summary>Whether the reader may rest although not all lanes were read.</summary>
    public bool MayRest(long timestamp) => _book.MayRest(timestamp);

    /// <summary>Reads all lanes next.</summary>
    public void Restart() => _book.Restart();

    /// <summary>Moves deliveries to the lane of their endpoint.</summary>
    public async ValueTask MoveAsync(StoredEndpoint endpoint, IReadOnlyList<DueDelivery> deliveries, CancellationToken cancellationToken)
    {
        await _lanes.MoveAsync(endpoint.Id, deliveries.Select(static delivery => delivery.Id), cancellationToken).ConfigureAwait(false);

        if (deliveries.Count > 0)
        {
            var start = new DueCursor(deliveries.Min(static delivery => delivery.DueAt), deliveries.Min(static delivery => delivery.Id) - 1);
            _book.NoteMoved(endpoint.Id, endpoint.Ordered, start);
        }
    }

    /// <summary>Reads once.</summary>
    /// <returns>Whether something was taken in hand, or there is more to read at once.</returns>
    public async ValueTask<bool> ReadAsync(int[] buckets, bool mayRest, long timestamp, CancellationToken cancellationToken)
    {
        LaneReading reading = await store.ReadLanesAsync(buckets, _book.Next(buckets, timestamp), cancellationToken).ConfigureAwait(false);
        _book.Note(reading);

        if (_book.IsWhole)
        {
            await _lanes.LeaveEmptyAsync(reading.Lanes, cancellationToken).ConfigureAwait(false);
        }

        var wanted = new List<(KnownLane Lane, int Limit)>();
        int room = 0;
        bool hasTaken = false;

        foreach (KnownLane lane in _book.Due(timeProvider.GetTimestamp()))
        {
            if (hand.RoomFor(lane.EndpointId, lane.Ordered, mayRest) is var more and > 0)
            {
                // What is in hand is read again.
                wanted.Add((lane, more + hand.CountOf(lane.EndpointId)));
                room += more;
            }

            if (room >= store.Capabilities.MaxBatch)
            {
                hasTaken |= await TakeAsync(wanted, mayRest, timestamp, cancellationToken).ConfigureAwait(false);
                wanted.Clear();
                room = 0;
            }
        }

        return await TakeAsync(wanted, mayRest, timestamp, cancellationToken).ConfigureAwait(false) || hasTaken;
    }

    private async ValueTask<bool> TakeAsync(
        List<(KnownLane Lane, int Limit)> wanted, bool mayRest, long timestamp, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return false;
        }

        LaneQuery[] queries = [.. wanted.Select(static each => new LaneQuery(each.Lane.EndpointId, each.Lane.Start, each.Limit))];
        hand.BeginReading();
        ILookup<string, DueDelivery> found = (await store.ReadInLanesAsync(queries, cancellationToken).ConfigureAwait(false))
            .ToLookup(static delivery => delivery.EndpointId, StringComparer.Ordinal);
        wanted.ForEach(each => _book.Note(each.Lane, found[each.Lane.EndpointId].Select(static delivery => (DueDelivery?)delivery).FirstOrDefault()));

        // Nothing of an ordered endpoint overtakes one that waits.
        IReadOnlyList<WorkItem> items = await loader.LoadAsync(
            found.SelectMany(static lane => lane.TakeWhile(static delivery => delivery.IsDue)), timestamp, cancellationToken).ConfigureAwait(false);
        HashSet<string> ordered = wanted.Where(static each => each.Lane.Ordered).Select(static each => each.Lane.EndpointId).ToHashSet(StringComparer.Ordinal);
        bool hasTaken = false;

        foreach (IGrouping<string, WorkItem> lane in items.GroupBy(static item => item.Endpoint.Id, StringComparer.Ordinal))
        {
            StoredEndpoint endpoint = lane.First().Endpoint;

            // Where the lane begins is another place when its order is another since it was listed.
            if (endpoint.Ordered != ordered.Contains(endpoint.Id))
            {
                _book.Restart();
                hasTaken = true;
                continue;
            }

            WorkItem[] taken = [.. lane.Take(hand.RoomFor(endpoint.Id, endpoint.Ordered, mayRest))];

            if (taken.Length > 0)
            {
                hand.Add(endpoint.Id, endpoint.Ordered, settings.MaxConcurrencyOf(endpoint), taken);
                hasTaken = true;
            }
        }

        return hasTaken;
    }
}
