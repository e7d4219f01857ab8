using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>What came of a soak. The first samples fill caches, and what is kept.</summary>
internal sealed record SoakFigures(IReadOnlyList<SoakSample> Samples)
{
    public SoakSample Last => Samples[^1];

    public long Early(Func<SoakSample, long> figure) => Samples.Skip(3).Take(3).Max(figure);

    public long Late(Func<SoakSample, long> figure) => Samples.TakeLast(3).Max(figure);

    /// <summary>Fails when a figure is larger at the end than it was, by more than a share and a constant.</summary>
    public void AssertFlat(Func<SoakSample, long> figure, double growth, long slack = 0) =>
        Assert.InRange(Late(figure), 0, (Early(figure) * (1 + growth)) + slack);
}
