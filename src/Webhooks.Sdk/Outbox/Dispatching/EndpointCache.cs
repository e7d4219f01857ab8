using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>Keeps rows of endpoints as long as their version is the one that deliveries name. Used by one task.</summary>
internal sealed class EndpointCache(IWebhookStore store)
{
    private const int MostEndpoints = 10_000;

    private readonly Dictionary<string, StoredEndpoint> _rows = new(StringComparer.Ordinal);

    /// <summary>Gives the endpoints of deliveries. Those that are gone are left out.</summary>
    public async ValueTask<IReadOnlyDictionary<string, StoredEndpoint>> ReadAsync(
        IEnumerable<DueDelivery> deliveries, CancellationToken cancellationToken)
    {
        string[] stale =
        [
            .. deliveries
                .Where(delivery => !_rows.TryGetValue(delivery.EndpointId, out StoredEndpoint? row) || row.Version != delivery.EndpointVersion)
                .Select(static delivery => delivery.EndpointId)
                .Distinct(StringComparer.Ordinal),
        ];

        if (_rows.Count + stale.Length > MostEndpoints)
        {
            _rows.Clear();
            stale = [.. deliveries.Select(static delivery => delivery.EndpointId).Distinct(StringComparer.Ordinal)];
        }

        if (stale.Length > 0)
        {
            foreach (StoredEndpoint row in await store.ReadEndpointsAsync(stale, cancellationToken).ConfigureAwait(false))
            {
                _rows[row.Id] = row;
            }
        }

        return _rows;
    }
}
