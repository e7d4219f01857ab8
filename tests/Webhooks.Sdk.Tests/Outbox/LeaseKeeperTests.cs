using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Outbox;
using Xunit;

namespace Webhooks.Sdk.Tests.Outbox;

/// <summary>For how long a lease is trusted.</summary>
public sealed class LeaseKeeperTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private readonly TwoClocks _time = new();

    [Fact]
    public async Task IsTrusted_AtEightyPercent_EndsToTheTick()
    {
        var keeper = new LeaseKeeper(new InMemoryWebhookStore(_time), _time, Length);
        Assert.False(keeper.IsTrusted("sub_1"));
        await keeper.KeepAsync(CancellationToken.None);

        _time.Monotonic += (0.8 * Length) - TimeSpan.FromTicks(1);
        Assert.True(keeper.IsTrusted("sub_1"));
        Assert.Equal(BucketLease.EndpointBuckets, keeper.TrustedBuckets().Length);
        _time.Monotonic += TimeSpan.FromTicks(1);

        Assert.False(keeper.IsTrusted("sub_1"));
        Assert.Empty(keeper.TrustedBuckets());
    }

    [Fact]
    public async Task IsTrusted_WallClockThatIsSet_DoesNotMatter()
    {
        var keeper = new LeaseKeeper(new InMemoryWebhookStore(_time), _time, Length);
        await keeper.KeepAsync(CancellationToken.None);

        _time.Wall += TimeSpan.FromDays(1);
        Assert.True(keeper.IsTrusted("sub_1"));
        _time.Wall -= TimeSpan.FromDays(2);
        _time.Monotonic += 0.8 * Length;

        Assert.False(keeper.IsTrusted("sub_1"));
    }

    [Fact]
    public async Task IsTrusted_StoreThatTakesItsTime_CountsFromBeforeItWasAsked()
    {
        IWebhookStore slow = WatchedStore.Watch(new InMemoryWebhookStore(_time), static _ => { }, _ => _time.Monotonic += TimeSpan.FromSeconds(3));
        var keeper = new LeaseKeeper(slow, _time, Length);
        await keeper.KeepAsync(CancellationToken.None);

        _time.Monotonic += TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1);
        Assert.True(keeper.IsTrusted("sub_1"));
        _time.Monotonic += TimeSpan.FromTicks(1);

        Assert.False(keeper.IsTrusted("sub_1"));
    }

    [Fact]
    public async Task Keep_LeaseThatSomebodyElseTook_IsTrustedNoMore()
    {
        var store = new InMemoryWebhookStore(_time);
        var keeper = new LeaseKeeper(store, _time, Length);
        await keeper.KeepAsync(CancellationToken.None);
        _time.Wall += Length;
        await store.AcquireAsync("other", BucketLease.Buckets, TimeSpan.FromHours(1));

        _time.Monotonic += Length / 4;
        await keeper.KeepAsync(CancellationToken.None);

        Assert.False(keeper.IsTrusted("sub_1"));
    }

    [Fact]
    public async Task Keep_SomebodyElseComes_GivesBackWhatIsNotInHandAndTheRestWhenItIsDone()
    {
        var store = new SharedLeases(2);
        var inHand = new HashSet<int>(Enumerable.Range(200, 56));
        var keeper = new LeaseKeeper(store.Store, _time, Length) { BucketsInHand = () => inHand };
        store.Holders = 1;
        await keeper.KeepAsync(CancellationToken.None);
        Assert.Equal(BucketLease.EndpointBuckets, keeper.TrustedBuckets().Length);

        store.Holders = 2;
        _time.Monotonic += TimeSpan.FromMilliseconds(250);
        await keeper.KeepAsync(CancellationToken.None);

        // 129 of 257 are its share: of the 128 others, 72 had nothing in hand. Busy ones are not kept, or whoever comes to help would get the idle ones.
        Assert.Equal(Enumerable.Range(128, 72), store.Released.Order());
        Assert.Equal(128, keeper.TrustedBuckets().Length);
        Assert.Equal(185, Enumerable.Range(0, BucketLease.Buckets).Count(keeper.IsTrusted));
        Assert.True(keeper.IsTrusted(BucketLease.FanOutBucket));

        inHand.Clear();
        _time.Monotonic += TimeSpan.FromMilliseconds(250);
        await keeper.KeepAsync(CancellationToken.None);

        Assert.Equal(128, store.Released.Count);
        Assert.Equal(129, Enumerable.Range(0, BucketLease.Buckets).Count(keeper.IsTrusted));
    }

    [Fact]
    public async Task Keep_OthersAreThere_AsksForItsShareOnly()
    {
        var store = new SharedLeases(3);
        var keeper = new LeaseKeeper(store.Store, _time, Length);

        await keeper.KeepAsync(CancellationToken.None);

        Assert.Equal(86, store.Wanted);
        Assert.Equal(86, Enumerable.Range(0, BucketLease.Buckets).Count(keeper.IsTrusted));
    }

    [Fact]
    public async Task Keep_NobodyElseLeft_TakesEverythingAgain()
    {
        var store = new SharedLeases(2);
        var keeper = new LeaseKeeper(store.Store, _time, Length);
        await keeper.KeepAsync(CancellationToken.None);

        store.Holders = 1;
        _time.Monotonic += TimeSpan.FromMilliseconds(249);
        await keeper.KeepAsync(CancellationToken.None);
        int before = store.Wanted;
        _time.Monotonic += TimeSpan.FromMilliseconds(1);
        await keeper.KeepAsync(CancellationToken.None);

        Assert.Equal((129, 128), (before, store.Wanted));
        Assert.Equal(BucketLease.EndpointBuckets, keeper.TrustedBuckets().Length);
    }

    /// <summary>A wall clock, which may be set, and a monotonic one, which may not.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public TimeSpan Monotonic { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Monotonic.Ticks;
    }
}
