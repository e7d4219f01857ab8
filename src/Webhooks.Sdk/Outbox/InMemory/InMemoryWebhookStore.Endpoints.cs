using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <content>Endpoints and subscriptions.</content>
internal sealed partial class InMemoryWebhookStore
{
    private readonly SortedDictionary<string, EndpointRow> _endpoints = new(StringComparer.Ordinal);

    // By owner and pattern; under a null owner everybody's.
    private readonly Dictionary<(string? Owner, string Pattern), SortedSet<string>> _subscribers = [];

    // The greatest version that a removed endpoint had: whoever remembers one must not take the next under its id for it.
    private long _lastRemovedVersion;

    public ValueTask<IReadOnlyList<Subscriber>> ReadSubscribersAsync(
        ReadOnlyMemory<SubscriberQuery> queries, SubscriberCursor after, int limit, CancellationToken cancellationToken = default)
    {
        var found = new List<Subscriber>();

        lock (_lock)
        {
            for (int i = after.Query; i < queries.Length && found.Count < limit; i++)
            {
                SubscriberQuery query = queries.Span[i];
                string? from = i == after.Query && string.CompareOrdinal(after.EndpointId, query.After) > 0 ? after.EndpointId : query.After;

                foreach (EndpointRow endpoint in FindSubscribers(query, from, limit - found.Count))
                {
                    found.Add(new Subscriber(i, endpoint.Stored.Id, endpoint.Stored.Filter));
                }
            }
        }

        return new(found);
    }

    public ValueTask EnsureEndpointsAsync(ReadOnlyMemory<StoredEndpoint> endpoints, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            foreach (StoredEndpoint endpoint in endpoints.Span)
            {
                if (!_endpoints.TryGetValue(endpoint.Id, out EndpointRow? row))
                {
                    Insert(endpoint);
                }
                else if (row.Stored.Ordered != endpoint.Ordered)
                {
                    row.Change(stored => stored with { Ordered = endpoint.Ordered, HasLane = stored.HasLane || endpoint.Ordered });
                }
            }
        }

        return default;
    }

    public ValueTask<IReadOnlyList<StoredEndpoint>> ReadEndpointsAsync(ReadOnlyMemory<string> ids, CancellationToken cancellationToken = default)
    {
        var found = new List<StoredEndpoint>(ids.Length);

        lock (_lock)
        {
            foreach (string id in ids.Span)
            {
                if (_endpoints.TryGetValue(id, out EndpointRow? row))
                {
                    found.Add(row.Stored);
                }
            }
        }

        return new(found);
    }

    public ValueTask<bool> SetEndpointStateAsync(
        string endpointId, WebhookEndpointState state, WebhookEndpointStateCause cause, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_endpoints.TryGetValue(endpointId, out EndpointRow? row) || row.Stored.State == state)
            {
                return new(false);
            }

            row.Change(stored => stored with { State = state, StateCause = cause });

            if (state == WebhookEndpointState.Active)
            {
                row.Recover();
            }
        }

        _signal.Set();
        return new(true);
    }

    public ValueTask<bool> AddEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(!_endpoints.ContainsKey(endpoint.Id) && Insert(endpoint));
        }
    }

    public ValueTask<bool> ReplaceEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_endpoints.TryGetValue(endpoint.Id, out EndpointRow? row) || row.Stored.Version != endpoint.Version)
            {
                return new(false);
            }

            Unsubscribe(row.Stored);
            row.Change(stored => stored with
            {
                Owner = endpoint.Owner,
                EventTypes = [.. endpoint.EventTypes],
                Filter = endpoint.Filter,
                SealedSettings = endpoint.SealedSettings,
                Ordered = endpoint.Ordered,
                HasLane = stored.HasLane || endpoint.Ordered,
            });
            Subscribe(row.Stored);
            return new(true);
        }
    }

    public ValueTask<bool> RemoveEndpointAsync(string endpointId, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_endpoints.TryGetValue(endpointId, out EndpointRow? row) && Delete(row));
        }
    }

    public ValueTask<bool> RemoveEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_endpoints.TryGetValue(endpointId, out EndpointRow? row) && row.Stored.Owner == owner && Delete(row));
        }
    }

    public ValueTask<StoredEndpoint?> FindEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_endpoints.TryGetValue(endpointId, out EndpointRow? row) && row.Stored.Owner == owner ? row.Stored : null);
        }
    }

    public ValueTask<IReadOnlyList<StoredEndpoint>> ListEndpointsAsync(
        string? owner, string? after, int limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new([
                .. _endpoints.Values
                    .Select(static row => row.Stored)
                    .Where(stored => (owner is null || stored.Owner == owner) && string.CompareOrdinal(stored.Id, after) > 0)
                    .Take(limit),
            ]);
        }
    }

    private IEnumerable<EndpointRow> FindSubscribers(SubscriberQuery query, string? after, int limit) =>
        query.Patterns
            .SelectMany(pattern => _subscribers.TryGetValue((query.Owner, pattern), out SortedSet<string>? ids)
                ? After(ids, after).Where(id => _endpoints[id].Stored.State != WebhookEndpointState.Disabled).Take(limit)
                : [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Take(limit)
            .Select(id => _endpoints[id]);

    private static SortedSet<string> After(SortedSet<string> ids, string? after)
    {
        if (after is null)
        {
            return ids;
        }

        return string.CompareOrdinal(after, ids.Max) >= 0 ? [] : ids.GetViewBetween($"{after}\0", ids.Max);
    }

    private bool Insert(StoredEndpoint endpoint)
    {
        _endpoints.Add(endpoint.Id, new EndpointRow(endpoint with
        {
            EventTypes = [.. endpoint.EventTypes],
            HasLane = endpoint.Ordered,
            Version = _lastRemovedVersion + 1,
            CreatedAt = Now,
            Failures = 0,
            FailingSince = null,
        }));
        Subscribe(endpoint);
        return true;
    }

    private bool Delete(EndpointRow row)
    {
        Unsubscribe(row.Stored);
        _lastRemovedVersion = Math.Max(_lastRemovedVersion, row.Stored.Version);
        _endpoints.Remove(row.Stored.Id);
        _lanes.Remove(row);

        foreach (EventRow webhookEvent in _events.Values)
        {
            _bytes -= webhookEvent.Size;

            foreach (DeliveryRow delivery in webhookEvent.Waiting.Values.Where(delivery => delivery.Endpoint == row).ToList())
            {
                RemoveDelivery(delivery);
            }

            foreach (DeadLetterRow dead in webhookEvent.Dead.Values.Where(dead => dead.Endpoint == row).ToList())
            {
                RemoveDeadLetter(dead);
            }

            webhookEvent.Attempts.RemoveAll(attempt => attempt.EndpointId == row.Stored.Id);
            _bytes += webhookEvent.Size;
        }

        return true;
    }

    private void Subscribe(StoredEndpoint endpoint)
    {
        foreach ((string?, string) key in Keys(endpoint))
        {
            if (!_subscribers.TryGetValue(key, out SortedSet<string>? ids))
            {
                _subscribers.Add(key, ids = new SortedSet<string>(StringComparer.Ordinal));
            }

            ids.Add(endpoint.Id);
        }
    }

    private void Unsubscribe(StoredEndpoint endpoint)
    {
        foreach ((string?, string) key in Keys(endpoint))
        {
            if (_subscribers.TryGetValue(key, out SortedSet<string>? ids) && ids.Remove(endpoint.Id) && ids.Count == 0)
            {
                _subscribers.Remove(key);
            }
        }
    }

    private static IEnumerable<(string? Owner, string Pattern)> Keys(StoredEndpoint endpoint) =>
        endpoint.EventTypes.SelectMany(pattern =>
            endpoint.Owner is null ? new (string?, string)[] { (null, pattern) } : [(null, pattern), (endpoint.Owner, pattern)]);
}
