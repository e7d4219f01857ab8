using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>Reads what belongs to deliveries that were read: their events and endpoints. Used by one task.</summary>
internal sealed class WorkLoader(IWebhookStore store, WorkInHand hand)
{
    private readonly EventCache _events = new(store);
    private readonly EndpointCache _endpoints = new(store);

    /// <summary>Gives those that are not in hand, in the same order.</summary>
    public async ValueTask<IReadOnlyList<WorkItem>> LoadAsync(
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
