using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Conformance;

public abstract partial class WebhookStoreConformanceTests
{
    [StoreFact]
    public async Task Acquire_WhileALeaseRuns_GivesTheBucketToNobodyElse()
    {
        IReadOnlyList<BucketLease> mine = await AcquireAllAsync(Me);

        _time.Advance(LeaseLength - TimeSpan.FromMilliseconds(1));

        Assert.Equal(Enumerable.Range(0, BucketLease.Buckets), mine.Select(lease => lease.Bucket).Order());
        Assert.Empty(await AcquireAllAsync(Other));
    }

    [StoreFact]
    public async Task Acquire_FewerThanThereAre_GivesEachBucketOnce()
    {
        IReadOnlyList<BucketLease> mine = await Store.AcquireAsync(Me, 10, LeaseLength);
        IReadOnlyList<BucketLease> others = await AcquireAllAsync(Other);

        // A store of one process may give all at once.
        Assert.True(mine.Count == 10 || (!Store.Capabilities.IsMultiProcess && mine.Count == BucketLease.Buckets), $"{mine.Count} leases");
        Assert.Equal(BucketLease.Buckets, mine.Concat(others).Select(lease => lease.Bucket).Distinct().Count());
        Assert.Equal(BucketLease.Buckets, mine.Count + others.Count);
    }

    [StoreFact]
    public async Task Acquire_AfterALeaseRanOut_GivesTheBucketWithAGreaterEpoch()
    {
        long before = (await AcquireAllAsync(Me)).Max(lease => lease.Epoch);

        _time.Advance(LeaseLength);
        IReadOnlyList<BucketLease> taken = await AcquireAllAsync(Other);

        Assert.Equal(BucketLease.Buckets, taken.Count);
        Assert.All(taken, lease => Assert.True(lease.Epoch > before));
    }

    [StoreFact]
    public async Task Renew_WhileTheLeaseRuns_ProlongsIt()
    {
        await AcquireAllAsync(Me);
        _time.Advance(LeaseLength / 2);

        IReadOnlyList<BucketLease> renewed = await Store.RenewAsync(Me, LeaseLength);
        _time.Advance(LeaseLength * 0.9);

        Assert.Equal(BucketLease.Buckets, renewed.Count);
        Assert.Empty(await AcquireAllAsync(Other));
    }

    [StoreFact]
    public async Task Renew_AfterTheLeaseRanOut_IsTooLate()
    {
        await AcquireAllAsync(Me);

        _time.Advance(LeaseLength);

        Assert.Empty(await Store.RenewAsync(Me, LeaseLength));
        Assert.Equal(BucketLease.Buckets, (await AcquireAllAsync(Other)).Count);
    }

    [StoreFact]
    public async Task Renew_OfSomebodyElse_GivesNothing()
    {
        await AcquireAllAsync(Me);

        Assert.Empty(await Store.RenewAsync(Other, LeaseLength));
    }

    [StoreFact]
    public async Task Release_GivesTheBucketsToOthersAtOnce()
    {
        int[] mine = [.. (await AcquireAllAsync(Me)).Select(lease => lease.Bucket)];

        await Store.ReleaseAsync(Other, mine);
        Assert.Empty(await AcquireAllAsync(Other));
        await Store.ReleaseAsync(Me, mine);

        Assert.Equal(BucketLease.Buckets, (await AcquireAllAsync(Other)).Count);
    }

    [StoreFact]
    public async Task Acquire_FromManyThreads_GivesEachBucketToOne()
    {
        IReadOnlyList<BucketLease>[] all = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(async () => await Store.AcquireAsync($"holder-{i}", BucketLease.Buckets, LeaseLength))));

        Assert.Equal(
            Enumerable.Range(0, BucketLease.Buckets),
            all.SelectMany(leases => leases).Select(lease => lease.Bucket).Order());
    }

    [StoreFact]
    public async Task CountHolders_WhoAskedWithinItsLengthWithOrWithoutGettingAny_IsThere()
    {
        int all = Store.Capabilities.IsMultiProcess ? 2 : 1;
        int[] mine = [.. (await AcquireAllAsync(Me)).Select(lease => lease.Bucket)];
        int alone = await Store.CountHoldersAsync();
        await AcquireAllAsync(Other);
        int both = await Store.CountHoldersAsync();

        _time.Advance(LeaseLength / 2);
        await Store.RenewAsync(Me, LeaseLength);
        _time.Advance(LeaseLength / 2);
        int renewed = await Store.CountHoldersAsync();
        await Store.RenewAsync(Other, LeaseLength);
        int back = await Store.CountHoldersAsync();
        await Store.ReleaseAsync(Me, mine.AsMemory(..^1));
        int partly = await Store.CountHoldersAsync();
        await Store.ReleaseAsync(Me, mine.AsMemory(^1..));

        Assert.Equal((1, all, 1, all, all, 1), (alone, both, renewed, back, partly, await Store.CountHoldersAsync()));
    }

    private async Task<IReadOnlyList<BucketLease>> AcquireAllAsync(string holder) =>
        await Store.AcquireAsync(holder, BucketLease.Buckets, LeaseLength);
}
