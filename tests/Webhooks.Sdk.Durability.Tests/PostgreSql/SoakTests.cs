using System;
using System.Threading.Tasks;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.PostgreSql.Cluster;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

public sealed class SoakTests(ITestOutputHelper output)
{
    private static readonly TimeSpan DefaultNap = TimeSpan.FromMinutes(1);

    [StoreFact]
    public async Task Run_SteadyLoad_GrowsNeitherTheDeliveriesNorTheirIndexesNorTheMemory()
    {
        if (PostgreSqlBinaries.Find() is null)
        {
            // Whoever gives a server sets how often it cleans up.
            return;
        }

        // In a short run time passes faster for the server's cleaning, too.
        TimeSpan nap = SoakRun.Length / SoakRun.Samples;
        int seconds = (int)Math.Clamp(nap.TotalSeconds, 1, DefaultNap.TotalSeconds);
        await using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync("max_connections=50", $"autovacuum_naptime={seconds}s");
        using PostgreSqlDatabase database = await PostgreSqlDatabase.CreateAsync(cluster.ConnectionString);

        SoakFigures figures = await new SoakRun(database, ReadSizesAsync, output).RunAsync();

        // A few dozen pages are a fifth of what little there is.
        figures.AssertFlat(static sample => sample.Rows, growth: 0.2, slack: 1 << 18);
        figures.AssertFlat(static sample => sample.Indexes, growth: 0.2, slack: 1 << 18);
        figures.AssertFlat(static sample => sample.Memory, growth: 0.25, slack: 1 << 20);
        Assert.InRange(figures.Late(static sample => sample.Stored.Waiting), 0, 1000);
        Assert.True(figures.Last.Stored.DeadLetters > 0);
        Assert.Equal(0, await database.CountDoubledAsync());

        async Task<(long Rows, long Indexes)> ReadSizesAsync() => (
            (await database.ReadAsync<long>("SELECT pg_table_size('webhooks_delivery')"))[0],
            (await database.ReadAsync<long>("SELECT pg_indexes_size('webhooks_delivery')"))[0]);
    }
}
