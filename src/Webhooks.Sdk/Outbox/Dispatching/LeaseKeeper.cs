using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Takes and renews leases, and says which may still be trusted: 80 % of their length on the monotonic clock, counted from before they were asked for.
/// </summary>
/// <remarks>One task keeps the leases; any thread may ask whether one is trusted.</remarks>
internal sealed class LeaseKeeper(IWebhookStore store, TimeProvider timeProvider, TimeSpan length)
{
    private const double Trust = 0.8;

    // Timestamps until which the lease of each bucket is trusted; zero: not held.
    private readonly long[] _trustedUntil = new long[BucketLease.Buckets];
    private readonly string _holder = $"{Environment.MachineName}:{Guid.CreateVersion7():N}";
    private long? _keptAt;
    private bool _holdsAny;

    public bool IsTrusted(int bucket) =>
        Volatile.Read(ref _trustedUntil[bucket]) is var until && until != 0 && timeProvider.GetTimestamp() < until;

    public bool IsTrusted(string endpointId) => IsTrusted(BucketLease.BucketOf(endpointId));

    /// <summary>Gives the buckets of endpoints whose leases are trusted now.</summary>
    public int[] TrustedBuckets() => [.. Enumerable.Range(0, BucketLease.EndpointBuckets).Where(IsTrusted)];

    /// <summary>
    /// Renews what is held, and takes what is free; does nothing when something is held and that was done a short while ago. Whoever holds nothing asks each
    /// time: somebody who stops gives all back, and nobody should wait for it.
    /// </summary>
    public async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        long now = timeProvider.GetTimestamp();

        if (_holdsAny && _keptAt is { } keptAt && timeProvider.GetElapsedTime(keptAt, now) < length / 4)
        {
            return;
        }

        long until = now + (long)(length.TotalSeconds * Trust * timeProvider.TimestampFrequency);
        IReadOnlyList<BucketLease> held = _keptAt is null ? [] : await store.RenewAsync(_holder, length, cancellationToken).ConfigureAwait(false);
        HashSet<int> buckets = [.. held.Select(static lease => lease.Bucket)];

        if (buckets.Count < BucketLease.Buckets)
        {
            IReadOnlyList<BucketLease> taken = await store.AcquireAsync(_holder, BucketLease.Buckets, length, cancellationToken).ConfigureAwait(false);
            buckets.UnionWith(taken.Select(static lease => lease.Bucket));
        }

        for (int bucket = 0; bucket < _trustedUntil.Length; bucket++)
        {
            Volatile.Write(ref _trustedUntil[bucket], buckets.Contains(bucket) ? until : 0);
        }

        (_keptAt, _holdsAny) = (now, buckets.Count > 0);
    }

    /// <summary>Gives everything back.</summary>
    public async ValueTask ReleaseAsync()
    {
        int[] held = [.. Enumerable.Range(0, _trustedUntil.Length).Where(bucket => Volatile.Read(ref _trustedUntil[bucket]) != 0)];
        Array.Clear(_trustedUntil);

        if (held.Length > 0)
        {
            await store.ReleaseAsync(_holder, held, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
