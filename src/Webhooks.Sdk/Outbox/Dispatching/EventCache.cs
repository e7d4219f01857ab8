using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>Keeps events that were read a short while ago: one event goes to many endpoints. Used by one task.</summary>
internal sealed class EventCache(IWebhookStore store)
{
    private const int MostEvents = 2048;
    private const long MostBytes = 32 * 1024 * 1024;

    private readonly Dictionary<Guid, CachedEvent> _events = [];
    private readonly Queue<CachedEvent> _oldestFirst = new();
    private long _bytes;

    /// <summary>Gives the events of deliveries. Those that are gone are left out.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, CachedEvent>> ReadAsync(IEnumerable<DueDelivery> deliveries, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, CachedEvent>();
        var missing = new HashSet<Guid>();

        foreach (DueDelivery delivery in deliveries)
        {
            if (_events.TryGetValue(delivery.EventKey, out CachedEvent? cached))
            {
                found[delivery.EventKey] = cached;
            }
            else
            {
                missing.Add(delivery.EventKey);
            }
        }

        if (missing.Count > 0)
        {
            foreach (StoredEvent stored in await store.ReadEventsAsync(missing.ToArray(), cancellationToken).ConfigureAwait(false))
            {
                found[stored.Key] = Add(new CachedEvent(stored));
            }
        }

        return found;
    }

    private CachedEvent Add(CachedEvent cached)
    {
        _events.Add(cached.Stored.Key, cached);
        _oldestFirst.Enqueue(cached);
        _bytes += cached.Size;

        while (_oldestFirst.Count > MostEvents || (_bytes > MostBytes && _oldestFirst.Count > 1))
        {
            CachedEvent oldest = _oldestFirst.Dequeue();
            _events.Remove(oldest.Stored.Key);
            _bytes -= oldest.Size;
        }

        return cached;
    }
}
