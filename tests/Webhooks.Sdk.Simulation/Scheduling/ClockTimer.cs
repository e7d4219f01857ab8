using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Simulation.Scheduling;

/// <summary>A timer on the agenda.</summary>
internal sealed class ClockTimer(Agenda agenda, Gate gate, TimerCallback callback, object? state) : ITimer
{
    private AgendaEntry? _entry;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _entry?.Cancel();
        _entry = dueTime == Timeout.InfiniteTimeSpan ? null : agenda.Add(dueTime, gate, () => Fire(period));
        return true;
    }

    public void Dispose() => _entry?.Cancel();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Fire(TimeSpan period)
    {
        if (period > TimeSpan.Zero)
        {
            Change(period, period);
        }

        callback(state);
    }
}
