using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk.Simulation.Scheduling;

/// <summary>
/// Everything that will happen, by virtual time, and at one time in the order in which it was noted. The only source of progress: between two entries the
/// whole world stands still.
/// </summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<AgendaEntry, (long At, long Number)> _entries = new();
    private long _lastNumber;

    /// <summary>Gets how much virtual time has passed.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Notes something.</summary>
    /// <param name="delay">In how long it happens.</param>
    /// <param name="gate">Whose it is: it waits while they are held, and never happens once they are dead.</param>
    /// <param name="act">What happens.</param>
    public AgendaEntry Add(TimeSpan delay, Gate gate, Action act)
    {
        var entry = new AgendaEntry(gate, act);
        _entries.Enqueue(entry, (Now.Ticks + Math.Max(0, delay.Ticks), ++_lastNumber));
        return entry;
    }

    /// <summary>Takes the next entry, and moves the time to it.</summary>
    public bool TryTake([NotNullWhen(true)] out AgendaEntry? entry)
    {
        while (_entries.TryDequeue(out entry, out (long At, long Number) place))
        {
            if (!entry.IsCancelled)
            {
                Now = TimeSpan.FromTicks(place.At);
                return true;
            }
        }

        return false;
    }
}
