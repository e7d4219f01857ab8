using System;
using System.Globalization;
using System.Threading.Tasks;
using Webhooks.Sdk.Durability.Tests.Working;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests;

public sealed class KillTests(ITestOutputHelper output)
{
    // What may be in hand at four endpoints: under way, or answered and in one of the batches that are being written.
    private const int InHand = 4 * 8 * Worker.Concurrency;

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    [Fact]
    public async Task Kill_WorkerWhileItDelivers_LosesNothingAndKeepsTheOrder()
    {
        int kills = Number("WEBHOOKS_KILLS", 20);
        int seed = Number("WEBHOOKS_SEED", 20260301);
        await using var run = new KillRun(kills, seed);

        KillFigures figures = await run.RunAsync();

        output.WriteLine($"Seed {seed}, {figures}");
        Assert.Equal((kills, "ok"), (figures.Kills, figures.Integrity));
        Assert.Equal(0, figures.Lost);
        Assert.Equal(0, figures.Invented);
        Assert.Equal(0, figures.Parted);
        Assert.Equal(0, figures.Disorders);
        Assert.Equal(0, figures.Doubled);
        Assert.All(figures.Unrecorded, unrecorded => Assert.InRange(unrecorded, 0, InHand));
    }
}
