using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Parks endpoints that cannot keep up: their deliveries wait in a lane of their own, and cost the others nothing. Takes the lane away again when it is
/// empty and the endpoint well. Used by one task.
/// </summary>
internal sealed class Lanes(IWebhookStore store, WorkInHand hand)
{
    private readonly HashSet<string> _parked = new(StringComparer.Ordinal);

    public async ValueTask MoveAsync(string endpointId, IEnumerable<long> deliveries, CancellationToken cancellationToken)
    {
        _parked.Add(endpointId);
        await store.MoveToLaneAsync(endpointId, deliveries.ToArray(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the lanes from endpoints that no longer need them.</summary>
    /// <param name="lanes">All lanes that have something to do.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async ValueTask LeaveEmptyAsync(IReadOnlyList<WaitingLane> lanes, CancellationToken cancellationToken)
    {
        _parked.UnionWith(lanes.Where(static lane => !lane.Ordered).Select(static lane => lane.EndpointId));

        if (_parked.Count > lanes.Count(static lane => !lane.Ordered))
        {
            foreach (string endpointId in _parked.Except(lanes.Select(static lane => lane.EndpointId), StringComparer.Ordinal).ToList())
            {
                if (hand.CountOf(endpointId) == 0 && !hand.IsSick(endpointId))
                {
                    // One that is paused keeps what waits, and is met again when it is resumed.
                    await store.LeaveLaneAsync(endpointId, cancellationToken).ConfigureAwait(false);
                    _parked.Remove(endpointId);
                }
            }
        }
    }
}
