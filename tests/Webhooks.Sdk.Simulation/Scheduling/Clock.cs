using System;
using System.Threading;

namespace Webhooks.Sdk.Simulation.Scheduling;

/// <summary>The clocks of one machine: the monotonic one is the agenda's, and the time of day may be set.</summary>
internal sealed class Clock(Agenda agenda, Gate gate) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Gets or sets how far the time of day is off.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Start + agenda.Now + Offset;

    public override long GetTimestamp() => agenda.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ClockTimer(agenda, gate, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
