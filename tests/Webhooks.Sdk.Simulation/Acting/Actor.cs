using Webhooks.Sdk.Simulation.Scheduling;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>A process: a node with a dispatcher, or the application that publishes.</summary>
internal sealed class Actor(string name, Gate gate, Clock clock)
{
    /// <summary>Gets how the trace calls it.</summary>
    public string Name { get; } = name;

    /// <summary>Gets its gate, through which it learns what happens outside.</summary>
    public Gate Gate { get; } = gate;

    public Clock Clock { get; } = clock;

    public override string ToString() => Name;
}
