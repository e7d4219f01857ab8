using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Takes and renews leases, and says which may still be trusted: 80 % of their length on the monotonic clock, counted from before they were asked for. In a
/// store of many processes it takes a fair share, and gives back what it has above it once nothing of it is in hand.
/// </summary>
/// <remarks>One task keeps the leases; any thread may ask whether one is trusted.</remarks>
internal sealed class LeaseKeeper(IWebhookStore store, TimeProvider timeProvider, TimeSpan length)
{
    private const double Trust = 0.8;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    // Timestamps until which the lease of each bucket is trusted; zero: not held.
    private readonly long[] _trustedUntil = new long[BucketLease.Buckets];
    private readonly string _holder = $"{Environment.MachineName}:{Guid.CreateVersion7():N}";
    private readonly HashSet<int> _leaving = [];
    private long? _renewedAt;
    private long _lookedAt;
    private bool _holdsAny;

    /// <summary>Gets or sets what tells the buckets that work is in hand of: they are given back when it is done.</summary>
    public Func<IReadOnlySet<int>> BucketsInHand { get; set; } = static () => new HashSet<int>();

    private bool IsShared => store.Capabilities.IsMultiProcess;

    public bool IsTrusted(int bucket) =>
        Volatile.Read(ref _trustedUntil[bucket]) is var until && until != 0 && timeProvider.GetTimestamp() < until;

    public bool IsTrusted(string endpointId) => IsTrusted(BucketLease.BucketOf(endpointId));

    /// <summary>Gives the buckets of endpoints whose leases are trusted now, but for those that are about to be given back.</summary>
    public int[] TrustedBuckets() =>
        [.. Enumerable.Range(0, BucketLease.EndpointBuckets).Where(bucket => IsTrusted(bucket) && !_leaving.Contains(bucket))];

    /// <summary>
    /// Renews what is held, and takes what is free; does nothing when something is held and that was done a short while ago. Whoever holds nothing asks each
    /// time: somebody who stops gives all back, and nobody should wait for it.
    /// </summary>
    public async ValueTask KeepAsync(CancellationToken cancellationToken)
    {
        long now = timeProvider.GetTimestamp();
        bool isDue = !_holdsAny || _renewedAt is not { } renewedAt || timeProvider.GetElapsedTime(renewedAt, now) >= length / 4;

        if (!isDue && !(IsShared && timeProvider.GetElapsedTime(_lookedAt, now) >= LookInterval))
        {
            return;
        }

        long until = now + (long)(length.TotalSeconds * Trust * timeProvider.TimestampFrequency);

        if (isDue)
        {
            // Also tells the others that this one is here, and wants its share.
            IReadOnlyList<BucketLease> renewed =
                _renewedAt is null && !IsShared ? [] : await store.RenewAsync(_holder, length, cancellationToken).ConfigureAwait(false);
            Trusted(renewed, until, andNoOther: true);
            _renewedAt = now;
        }

        int share = IsShared ? ShareOf(await store.CountHoldersAsync(cancellationToken).ConfigureAwait(false)) : BucketLease.Buckets;
        int held = Held().Count();

        if (held < share)
        {
            _leaving.Clear();
            Trusted(await store.AcquireAsync(_holder, share - held, length, cancellationToken).ConfigureAwait(false), until, andNoOther: false);
        }
        else
        {
            await LeaveAsync(held - share, cancellationToken).ConfigureAwait(false);
        }

        (_lookedAt, _holdsAny) = (now, Held().Any());
    }

    /// <summary>Gives everything back.</summary>
    public async ValueTask ReleaseAsync()
    {
        int[] held = [.. Held()];
        Array.Clear(_trustedUntil);

        // Whoever shares says that it has gone, even if it held nothing.
        if (held.Length > 0 || (IsShared && _renewedAt is not null))
        {
            await store.ReleaseAsync(_holder, held, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static int ShareOf(int holders) => (int)Math.Ceiling((double)BucketLease.Buckets / Math.Max(1, holders));

    private IEnumerable<int> Held() => Enumerable.Range(0, _trustedUntil.Length).Where(bucket => Volatile.Read(ref _trustedUntil[bucket]) != 0);

    private void Trusted(IReadOnlyList<BucketLease> leases, long until, bool andNoOther)
    {
        HashSet<int> buckets = [.. leases.Select(static lease => lease.Bucket)];

        for (int bucket = 0; bucket < _trustedUntil.Length; bucket++)
        {
            if (andNoOther || buckets.Contains(bucket))
            {
                Volatile.Write(ref _trustedUntil[bucket], buckets.Contains(bucket) ? until : 0);
            }
        }
    }

    /// <summary>Reads no more of some buckets, and gives those of them back that no work is in hand of.</summary>
    private async ValueTask LeaveAsync(int surplus, CancellationToken cancellationToken)
    {
        IReadOnlySet<int> inHand = surplus > 0 ? BucketsInHand() : new HashSet<int>();

        // Those that are being left stay chosen. Busy ones are left as well as others, or whoever comes to help would get the idle ones.
        int[] leaving =
        [
            .. Held().Where(static bucket => bucket != BucketLease.FanOutBucket)
                .OrderByDescending(_leaving.Contains).ThenByDescending(static bucket => bucket).Take(surplus),
        ];
        _leaving.Clear();
        _leaving.UnionWith(leaving.Where(inHand.Contains));
        int[] left = [.. leaving.Where(bucket => !inHand.Contains(bucket))];

        if (left.Length > 0)
        {
            Array.ForEach(left, bucket => Volatile.Write(ref _trustedUntil[bucket], 0));
            await store.ReleaseAsync(_holder, left, cancellationToken).ConfigureAwait(false);
        }
    }
}
