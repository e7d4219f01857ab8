using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Simulation;

/// <summary>How a seed ended.</summary>
/// <param name="Failure">The promise that was not kept, or null.</param>
/// <param name="Hash">A hash of everything that happened.</param>
/// <param name="Length">How much virtual time has passed.</param>
/// <param name="Steps">How much happened.</param>
/// <param name="Events">How many events were acknowledged.</param>
/// <param name="Attempts">How many attempts were made.</param>
/// <param name="LastLines">What happened last.</param>
internal sealed record SimulationResult(
    string? Failure, ulong Hash, TimeSpan Length, long Steps, int Events, long Attempts, IReadOnlyList<string> LastLines);
