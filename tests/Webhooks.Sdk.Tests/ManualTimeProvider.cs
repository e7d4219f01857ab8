using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Tests;

/// <summary>
/// Time that stands still until the test moves it.
/// </summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly Channel<ManualTimer> _started = Channel.CreateUnbounded<ManualTimer>();
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        DateTimeOffset until = GetUtcNow() + by;

        while (true)
        {
            ManualTimer? next;

            lock (_lock)
            {
                next = _timers.Where(timer => timer.DueAt <= until).MinBy(timer => timer.DueAt);
                _now = next?.DueAt ?? until;

                if (next is not null)
                {
                    _timers.Remove(next);
                }
            }

            if (next is null)
            {
                return;
            }

            next.Fire();
        }
    }

    /// <summary>Moves the time on by the length of each timer that is started, until the task ends; timers of the given length are left alone.</summary>
    /// <returns>The lengths of the timers that were run down, in their order.</returns>
    public Task<IReadOnlyList<TimeSpan>> RunDownDelaysAsync(Task task, TimeSpan except) => RunDownDelaysAsync(task, length => length != except);

    /// <summary>Moves the time on by the length of each such timer that is started, until the task ends; others are left alone.</summary>
    /// <returns>The lengths of the timers that were run down, in their order.</returns>
    public async Task<IReadOnlyList<TimeSpan>> RunDownDelaysAsync(Task task, Func<TimeSpan, bool> only)
    {
        var delays = new List<TimeSpan>();

        while (!task.IsCompleted)
        {
            Task<bool> started = _started.Reader.WaitToReadAsync().AsTask();
            await Task.WhenAny(task, started);

            while (_started.Reader.TryRead(out ManualTimer? timer))
            {
                if (only(timer.Length))
                {
                    delays.Add(timer.Length);
                    Advance(timer.Length);
                }
            }
        }

        return delays;
    }

    /// <summary>Waits until a timer of such a length runs.</summary>
    /// <returns>Its length.</returns>
    public async Task<TimeSpan> TimerStartedAsync(Func<TimeSpan, bool> length)
    {
        while (true)
        {
            TimeSpan started = (await _started.Reader.ReadAsync()).Length;

            if (length(started))
            {
                return started;
            }
        }
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; private set; }

        public TimeSpan Length { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);

                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Length = dueTime;
                    DueAt = time._now + dueTime;
                    time._timers.Add(this);
                    time._started.Writer.TryWrite(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
