using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Durability.Tests.Working;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

public sealed class KillTests(ITestOutputHelper output)
{
    // What a worker may have in hand at twelve endpoints: under way, or answered and in one of the batches that are being written.
    private const int InHand = 12 * 8 * Worker.Concurrency;

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    [StoreFact]
    public async Task Kill_OneOfThreeWorkersWhileTheyDeliver_LosesNothingAndKeepsTheOrder()
    {
        int kills = Number("WEBHOOKS_KILLS", 20);
        int seed = Number("WEBHOOKS_SEED", 20260301);
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync();
        await using var run = new SharedKillRun(database, kills, seed);

        KillFigures figures = await run.RunAsync();

        output.WriteLine($"PostgreSQL, seed {seed}, {figures}");
        Assert.Equal((kills, "ok"), (figures.Kills, figures.Integrity));
        Assert.Equal(0, figures.Lost);
        Assert.Equal(0, figures.Invented);
        Assert.Equal(0, figures.Parted);
        Assert.Equal(0, figures.Disorders);
        Assert.Equal(0, figures.Doubled);
        Assert.InRange(figures.Unrecorded.Sum(), 0, kills * InHand);

        // The lease, and a second for finding out; the machine may be busy at times.
        Assert.InRange(figures.Stalls.Order().ElementAt(figures.Stalls.Count / 2), TimeSpan.Zero, Worker.Lease + TimeSpan.FromSeconds(1));
    }
}
