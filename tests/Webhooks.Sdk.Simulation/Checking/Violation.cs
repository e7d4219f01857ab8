using System;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>A promise that was not kept.</summary>
internal sealed class Violation(string promise, string what) : Exception($"{promise}: {what}");
