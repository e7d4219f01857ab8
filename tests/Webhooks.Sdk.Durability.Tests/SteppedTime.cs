using System;
using System.Threading;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>The time of a machine whose clock is set: timers and the monotonic clock go on as if nothing were.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _offset;

    public void Step(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _offset));
}
