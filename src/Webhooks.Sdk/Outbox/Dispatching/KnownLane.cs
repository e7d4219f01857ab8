using System;

namespace Webhooks.Sdk.Outbox;

/// <summary>A lane that has something to do.</summary>
internal sealed class KnownLane(string endpointId, bool ordered, DueCursor start)
{
    public string EndpointId { get; } = endpointId;

    public bool Ordered { get; } = ordered;

    /// <summary>Gets behind which it is read: nothing waits at or before it, unless it was committed late.</summary>
    public DueCursor Start { get; private set; } = start;

    /// <summary>Gets whether nothing was there when it was last read.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Gets or sets until when nothing is expected to be due.</summary>
    public long RestsUntil { get; set; }

    /// <summary>Notes what it began with when it was read.</summary>
    public void Note(DueDelivery? first)
    {
        IsEmpty = first is null;

        if (first is { } delivery)
        {
            Start = new DueCursor(delivery.DueAt, delivery.Id - 1);
        }
    }

    /// <summary>Something may wait right behind another place, in either order.</summary>
    public void Lower(DueCursor start) =>
        Start = new DueCursor(start.DueAt < Start.DueAt ? start.DueAt : Start.DueAt, Math.Min(start.DeliveryId, Start.DeliveryId));
}
