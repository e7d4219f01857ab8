using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Simulation.Scheduling;

/// <summary>
/// What a process learns from outside comes through its gate: the ends of waits, the answers of the store and of receivers. Held, the process sleeps at
/// whatever awaits it stands; shut, it has died there.
/// </summary>
internal sealed class Gate(Agenda agenda)
{
    private readonly List<AgendaEntry> _held = [];
    private TimeSpan _heldSince;

    public bool IsHeld { get; private set; }

    public bool IsShut { get; private set; }

    /// <summary>Gets until when the process last slept, and for how long; both zero when it never did.</summary>
    public (TimeSpan Since, TimeSpan Until) LastSleep { get; private set; }

    public void Pass(AgendaEntry entry)
    {
        if (IsHeld)
        {
            _held.Add(entry);
        }
        else if (!IsShut)
        {
            entry.Act();
        }
    }

    public void Hold()
    {
        IsHeld = true;
        _heldSince = agenda.Now;
    }

    public void Release()
    {
        IsHeld = false;
        LastSleep = (_heldSince, agenda.Now);
        AgendaEntry[] held = [.. _held];
        _held.Clear();

        foreach (AgendaEntry entry in held)
        {
            agenda.Add(TimeSpan.Zero, this, entry.Act);
        }
    }

    public void Shut()
    {
        IsShut = true;
        IsHeld = false;
        _held.Clear();
    }

    /// <summary>Waits. Who is dead by then waits for ever.</summary>
    public Task DelayAsync(TimeSpan delay)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        agenda.Add(delay, this, over.SetResult);
        return over.Task;
    }
}
