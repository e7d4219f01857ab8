using System;

namespace Webhooks.Sdk.Simulation.Scheduling;

/// <summary>Something that will happen.</summary>
internal sealed class AgendaEntry(Gate gate, Action act)
{
    public bool IsCancelled { get; private set; }

    public void Cancel() => IsCancelled = true;

    public void Happen() => gate.Pass(this);

    /// <summary>Does it, unless it was cancelled since.</summary>
    public void Act()
    {
        if (!IsCancelled)
        {
            act();
        }
    }
}
