using System;

namespace Webhooks.Sdk.Outbox;

/// <summary>A delivery in hand, with its event and its endpoint as they were read.</summary>
internal sealed class WorkItem(DueDelivery delivery, StoredEndpoint endpoint, CachedEvent webhookEvent, long readAt)
{
    public DueDelivery Delivery { get; } = delivery;

    public StoredEndpoint Endpoint { get; set; } = endpoint;

    public CachedEvent Event { get; } = webhookEvent;

    /// <summary>Gets the timestamp at which the endpoint was read.</summary>
    public long ReadAt { get; } = readAt;

    /// <summary>Gets or sets for how long the delivery is put off, because its endpoint's limits or circuit breaker gave it no turn; null when it had one.</summary>
    public TimeSpan? PutOffFor { get; set; }
}
