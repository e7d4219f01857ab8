using System;
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
