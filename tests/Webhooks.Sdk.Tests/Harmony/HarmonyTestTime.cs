using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests.Harmony;

/// <summary>
/// A clock whose short waits (between attempts) end at once, and whose long ones (an attempt's time-out) end when the test says so.
/// </summary>
internal sealed class HarmonyTestTime : TimeProvider
{
    private static readonly TimeSpan LongestShortWait = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<LongWait> _longWaits = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= LongestShortWait)
        {
            return base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
        }

        var wait = new LongWait(callback, state);
        _longWaits.Add(wait);
        return wait;
    }

    public void EndAttempt()
    {
        while (_longWaits.TryTake(out LongWait? wait))
        {
            wait.End();
        }
    }

    private sealed class LongWait(TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public void End()
        {
            if (!Volatile.Read(ref _isDisposed))
            {
                callback(state);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !Volatile.Read(ref _isDisposed);

        public void Dispose() => Volatile.Write(ref _isDisposed, true);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
