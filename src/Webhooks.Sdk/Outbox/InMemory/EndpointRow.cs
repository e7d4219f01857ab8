using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Outbox;

/// <summary>An endpoint in memory, with its lane.</summary>
internal sealed class EndpointRow(StoredEndpoint stored)
{
    private readonly SortedSet<DueCursor> _byDue = new(DueOrder.Instance);
    private readonly SortedSet<DueCursor> _byId = new(DueOrder.IdOnly);

    public StoredEndpoint Stored { get; set; } = stored;

    public int Bucket { get; } = BucketLease.BucketOf(stored.Id);

    public int Waiting => _byDue.Count;

    /// <summary>Gets the lane in the order in which it is worked on.</summary>
    public SortedSet<DueCursor> Lane => Stored.Ordered ? _byId : _byDue;

    /// <summary>Gets the greatest id of a delivery in the lane, or 0.</summary>
    public long LastInLane => _byId.Max.DeliveryId;

    public WaitingLane ToWaiting(DateTimeOffset now)
    {
        DueCursor first = Lane.Min;
        return new WaitingLane(Stored.Id, Bucket, Stored.Ordered, first.DueAt <= now, first with { DeliveryId = first.DeliveryId - 1 });
    }

    public void AddToLane(DeliveryRow delivery)
    {
        delivery.IsInLane = true;
        _byDue.Add(delivery.Cursor);
        _byId.Add(delivery.Cursor);
    }

    public void RemoveFromLane(DeliveryRow delivery)
    {
        delivery.IsInLane = false;
        _byDue.Remove(delivery.Cursor);
        _byId.Remove(delivery.Cursor);
    }

    public void Change(Func<StoredEndpoint, StoredEndpoint> change) => Stored = change(Stored) with { Version = Stored.Version + 1 };

    public void Fail(DateTimeOffset now) => Stored = Stored with { Failures = Stored.Failures + 1, FailingSince = Stored.FailingSince ?? now };

    public void Recover()
    {
        if (Stored.Failures > 0)
        {
            Stored = Stored with { Failures = 0, FailingSince = null };
        }
    }
}
