using System;
using System.Collections.Generic;
using Webhooks.Sdk.Simulation.Acting;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>Who holds which bucket until when, on the store's clock.</summary>
internal sealed class LeaseTable
{
    private readonly (Actor? Holder, DateTimeOffset Until)[] _rows = new (Actor?, DateTimeOffset)[BucketLease.Buckets];

    public bool IsHeldBy(Actor actor, int bucket, DateTimeOffset now) => _rows[bucket].Holder == actor && _rows[bucket].Until > now;

    public void Take(Actor actor, IReadOnlyList<BucketLease> leases, DateTimeOffset now, TimeSpan length)
    {
        foreach (BucketLease lease in leases)
        {
            (Actor? holder, DateTimeOffset until) = _rows[lease.Bucket];

            if (holder is not null && holder != actor && until > now)
            {
                throw new Violation("A bucket has one holder", $"{actor.Name} was given bucket {lease.Bucket}, which {holder.Name} holds until {until:O}");
            }

            _rows[lease.Bucket] = (actor, now + length);
        }
    }

    public void Release(Actor actor, ReadOnlySpan<int> buckets)
    {
        foreach (int bucket in buckets)
        {
            if (_rows[bucket].Holder == actor)
            {
                _rows[bucket] = default;
            }
        }
    }
}
