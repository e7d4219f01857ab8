using System;

namespace Webhooks.Sdk.Simulation.Storing;

/// <summary>How a store behaves towards one process: how long its answers take, and how often it fails.</summary>
internal sealed class StoreWeather(Random random, TimeSpan longest)
{
    private const double MostlyAtOnce = 0.7;

    /// <summary>Gets the longest that one way of a call takes.</summary>
    public TimeSpan Longest { get; } = longest;

    /// <summary>Gets or sets how many calls fail, from 0 to 1.</summary>
    public double Failures { get; set; }

    /// <summary>Says how long a call takes on its way there, or on its way back.</summary>
    public TimeSpan Delay() => random.NextDouble() < MostlyAtOnce ? TimeSpan.Zero : Longest * random.NextDouble();

    public bool Fails() => Failures > 0 && random.NextDouble() < Failures;
}
