using System;
using System.Collections.Generic;
using System.Linq;
using Webhooks.Sdk.Simulation.Scheduling;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>
/// What must be stored by now: a second, plain account of every change that a store has made, kept beside the store and compared with it by
/// <see cref="Audit"/> after each.
/// </summary>
internal sealed partial class Ledger(Agenda agenda, Clock storeClock)
{
    private readonly Dictionary<Guid, EventEntry> _events = [];
    private readonly Dictionary<(string? Owner, string Key), EventEntry> _keys = [];
    private readonly Dictionary<string, EndpointEntry> _endpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<long, DeliveryEntry> _deliveries = [];
    private long _changes;

    public LeaseTable Leases { get; } = new();

    public SortedDictionary<long, DeliveryEntry> Waiting { get; } = [];

    public SortedDictionary<long, DeliveryEntry> Dead { get; } = [];

    /// <summary>Gets the events that were ever stored, by the id that receivers know.</summary>
    public Dictionary<string, EventEntry> EventsById { get; } = new(StringComparer.Ordinal);

    public IEnumerable<EventEntry> Pending => _events.Values.Where(static entry => entry.IsPending);

    public IEnumerable<EndpointEntry> Endpoints => _endpoints.Values.Where(static entry => entry.IsThere);

    /// <summary>Gets the latest time of day that the store's clock has shown.</summary>
    public DateTimeOffset LatestTime { get; private set; }

    public long LastDelivery { get; private set; }

    public DateTimeOffset Now
    {
        get
        {
            DateTimeOffset now = storeClock.GetUtcNow();
            LatestTime = now > LatestTime ? now : LatestTime;
            return now;
        }
    }

    /// <summary>Finds the first delivery of an event to an endpoint that waits.</summary>
    public DeliveryEntry? FindWaiting(string eventId, string endpointId) =>
        EventsById.TryGetValue(eventId, out EventEntry? entry)
            ? entry.Deliveries.Find(each => each.State == DeliveryState.Waiting && each.Endpoint.Id == endpointId)
            : null;

    public DeliveryEntry? FindDelivery(long id) => _deliveries.GetValueOrDefault(id);

    public EndpointEntry? FindEndpoint(string id) => _endpoints.GetValueOrDefault(id);

    public void Append(ReadOnlySpan<StoredEvent> events, IReadOnlyList<StoredEvent> stored)
    {
        _changes++;

        for (int i = 0; i < events.Length; i++)
        {
            (string?, string) key = (events[i].Owner, events[i].IdempotencyKey);
            bool isKnown = _keys.TryGetValue(key, out EventEntry? first);
            Guid expected = isKnown ? first!.Stored.Key : events[i].Key;

            if (stored[i].Key != expected)
            {
                throw new Violation("An idempotency key stands for one event", $"{events[i].Id} came back as {stored[i].Id}");
            }

            if (!isKnown)
            {
                var entry = new EventEntry(events[i], Now, _changes);
                _keys.Add(key, entry);
                _events.Add(entry.Stored.Key, entry);
                EventsById.Add(entry.Stored.Id, entry);
            }
        }
    }

    public void FanOut(ReadOnlySpan<FanOut> batch, IReadOnlyList<StoredDelivery> made)
    {
        _changes++;
        int next = 0;

        foreach (FanOut fanOut in batch)
        {
            if (!_events.TryGetValue(fanOut.EventKey, out EventEntry? entry) || !entry.IsPending || entry.FannedOutTo != fanOut.After)
            {
                continue;
            }

            foreach (EndpointEntry endpoint in fanOut.EndpointIds.Select(id => _endpoints[id]).Where(static endpoint => endpoint.IsThere))
            {
                if (entry.Deliveries.Exists(each => each.Endpoint == endpoint))
                {
                    throw new Violation("An event is delivered once to each endpoint", $"{entry.Stored.Id} is fanned out to {endpoint.Id} again");
                }

                AddMade(entry, endpoint, made, next++, isReplay: false);
            }

            (entry.FannedOutTo, entry.IsPending) = (fanOut.Until, fanOut.Until is not null);

            if (!entry.IsPending)
            {
                ThrowIfSubscriberMissed(entry);
            }
        }

        ThrowIfMoreMade(made, next);
    }

    public void Replay(IEnumerable<long> ids, IReadOnlyList<StoredDelivery> made)
    {
        _changes++;
        int next = 0;

        foreach (DeliveryEntry? old in ids.Select(FindDelivery))
        {
            if (old is { State: DeliveryState.Waiting })
            {
                old.IsReplay = true;
            }
            else if (old is { State: DeliveryState.Dead } or { State: DeliveryState.Delivered or DeliveryState.Replayed, Rows: > 0 })
            {
                if (old.State == DeliveryState.Dead)
                {
                    old.State = DeliveryState.Replayed;
                    Dead.Remove(old.Id);
                }

                AddMade(old.Event, old.Endpoint, made, next++, isReplay: true);
            }
        }

        ThrowIfMoreMade(made, next);
    }

    public void Purge(TimeSpan finishedFor, TimeSpan deadFor, int limit, int purged)
    {
        EventEntry[] old =
        [
            .. _events.Values.Where(entry => !entry.IsPending
                && entry.Deliveries.TrueForAll(static delivery => delivery.State != DeliveryState.Waiting)
                && Now - entry.CreatedAt >= (entry.Deliveries.Exists(static delivery => delivery.State == DeliveryState.Dead) ? deadFor : finishedFor))
                .Take(limit),
        ];
        Array.ForEach(old, Forget);

        if (old.Length != purged)
        {
            throw new Violation("Only what is done and old is purged", $"{purged} events instead of {old.Length}");
        }
    }

    public void Erase(string? owner, string? subject)
    {
        _changes++;

        foreach (EventEntry entry in _events.Values
            .Where(entry => (owner is null || entry.Stored.Owner == owner) && (subject is null || entry.Stored.Subject == subject)).ToList())
        {
            Forget(entry);
        }

        if (subject is null)
        {
            foreach (EndpointEntry endpoint in Endpoints.Where(endpoint => endpoint.Owner == owner).ToList())
            {
                Remove(endpoint.Id);
            }
        }
    }

    private void Forget(EventEntry entry)
    {
        entry.GoneAt = agenda.Now;
        entry.IsPending = false;
        _events.Remove(entry.Stored.Key);
        _keys.Remove((entry.Stored.Owner, entry.Stored.IdempotencyKey));
        entry.Deliveries.ForEach(Remove);
    }

    private void Remove(DeliveryEntry delivery)
    {
        Waiting.Remove(delivery.Id);
        Dead.Remove(delivery.Id);
        delivery.State = DeliveryState.Removed;
    }

    private void AddMade(EventEntry entry, EndpointEntry endpoint, IReadOnlyList<StoredDelivery> made, int place, bool isReplay)
    {
        if (place >= made.Count || made[place].EventKey != entry.Stored.Key || made[place].EndpointId != endpoint.Id)
        {
            throw new Violation("Nothing acknowledged is lost", $"{entry.Stored.Id} was not made a delivery to {endpoint.Id}");
        }

        var delivery = new DeliveryEntry(made[place].Id, entry, endpoint, _changes) { IsReplay = isReplay };
        LastDelivery = delivery.Id;
        _deliveries.Add(delivery.Id, delivery);
        Waiting.Add(delivery.Id, delivery);
        entry.Deliveries.Add(delivery);
    }

    private static void ThrowIfMoreMade(IReadOnlyList<StoredDelivery> made, int expected)
    {
        if (made.Count > expected)
        {
            throw new Violation("Nothing is invented", $"{made[expected].EventId} was made a delivery to {made[expected].EndpointId}");
        }
    }

    private void ThrowIfSubscriberMissed(EventEntry entry)
    {
        foreach (EndpointEntry endpoint in _endpoints.Values)
        {
            if (endpoint.SubscribedAt < entry.AppendedAt && endpoint.Wants(entry.Stored) && !entry.Deliveries.Exists(each => each.Endpoint == endpoint))
            {
                throw new Violation("Nothing acknowledged is lost", $"{entry.Stored.Id} was not fanned out to {endpoint.Id}");
            }
        }
    }
}
