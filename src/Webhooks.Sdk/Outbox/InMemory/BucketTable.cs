using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Outbox;

/// <summary>Who holds which bucket, in memory. Not safe for use by many threads.</summary>
internal sealed class BucketTable
{
    private readonly (string? Holder, long Epoch, DateTimeOffset Until)[] _rows = new (string?, long, DateTimeOffset)[BucketLease.Buckets];

    public List<BucketLease> Acquire(string holder, int wanted, DateTimeOffset now, TimeSpan length)
    {
        var leases = new List<BucketLease>();

        for (int bucket = 0; bucket < _rows.Length && leases.Count < wanted; bucket++)
        {
            if (_rows[bucket].Holder is null || _rows[bucket].Until <= now)
            {
                _rows[bucket] = (holder, _rows[bucket].Epoch + 1, now + length);
                leases.Add(new BucketLease(bucket, _rows[bucket].Epoch));
            }
        }

        return leases;
    }

    public List<BucketLease> Renew(string holder, DateTimeOffset now, TimeSpan length)
    {
        var leases = new List<BucketLease>();

        for (int bucket = 0; bucket < _rows.Length; bucket++)
        {
            if (_rows[bucket].Holder == holder && _rows[bucket].Until > now)
            {
                _rows[bucket].Until = now + length;
                leases.Add(new BucketLease(bucket, _rows[bucket].Epoch));
            }
        }

        return leases;
    }

    public void Release(string holder, ReadOnlySpan<int> buckets)
    {
        foreach (int bucket in buckets)
        {
            if (_rows[bucket].Holder == holder)
            {
                _rows[bucket].Holder = null;
            }
        }
    }
}
