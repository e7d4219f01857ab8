using System;

namespace Webhooks.Sdk.Outbox;

/// <summary>A waiting delivery in memory.</summary>
internal sealed class DeliveryRow(long id, EventRow webhookEvent, EndpointRow endpoint)
{
    public long Id { get; } = id;

    public EventRow Event { get; } = webhookEvent;

    public EndpointRow Endpoint { get; } = endpoint;

    public int Attempt { get; set; }

    public DateTimeOffset DueAt { get; set; }

    public bool CountsForHealth { get; set; }

    public bool IsInLane { get; set; }

    public bool IsSetAside { get; set; }

    public DueCursor Cursor => new(DueAt, Id);

    public DueDelivery ToDue(DateTimeOffset now) => new()
    {
        Id = Id,
        EventKey = Event.Stored.Key,
        EndpointId = Endpoint.Stored.Id,
        EndpointVersion = Endpoint.Stored.Version,
        Attempt = Attempt,
        DueAt = DueAt,
        IsDue = DueAt <= now,
        IsExpired = Event.Stored.ExpiresAt <= now,
        CountsForHealth = CountsForHealth,
        IsSetAside = IsSetAside,
    };

    public StoredDelivery ToStored() => new()
    {
        Id = Id,
        EventKey = Event.Stored.Key,
        EventId = Event.Stored.Id,
        EventType = Event.Stored.Type,
        Owner = Event.Stored.Owner,
        EndpointId = Endpoint.Stored.Id,
        Attempts = Attempt,
        At = DueAt,
        IsInLane = IsInLane,
    };
}
