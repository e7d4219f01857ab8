using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Benchmarks.Delivering;
using Webhooks.Sdk.Benchmarks.Measuring;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Drains 100,000 deliveries of 1 KiB from PostgreSQL by one node, while nobody holds a snapshot, and while a forgotten transaction holds one that was taken
/// before: then nothing that is done can be cleaned up, and lies in the way of what is not.
/// </summary>
/// <remarks>Watch it with <c>--figures PinnedSnapshot</c>.</remarks>
internal sealed class PinnedSnapshot : IFigures
{
    private const int Quarters = 4;

    public string Method =>
        $"{Deliveries:N0} deliveries that are due at once, answered without a network: the rate of each quarter, on a server of its own without checkpoints. " +
        $"The median of {Rounds} rounds, in turns, each in a schema of its own; and of the ratios within a round, with their range.";

    private static int Rounds => Smoke.IsRunning ? 1 : 3;

    private static int Deliveries => Smoke.IsRunning ? 1_000 : 100_000;

    public async Task<string> MeasureAsync()
    {
        await using PostgreSqlCluster? own = Smoke.IsRunning ? null : await PostgreSqlCluster.StartAsync("checkpoint_timeout=1h", "max_wal_size=16GB");
        string server = own?.ConnectionString ?? await PostgreSqlServer.ConnectionStringAsync();
        var free = new List<double[]>();
        var pinned = new List<double[]>();

        // What the first turn compiles does not count.
        await DrainAsync(server, isPinned: false, Deliveries / 10);

        for (int round = 0; round < Rounds; round++)
        {
            free.Add(await DrainAsync(server, isPinned: false, Deliveries));
            pinned.Add(await DrainAsync(server, isPinned: true, Deliveries));
        }

        return Figures.Table(
            ["per second", "first quarter", "second", "third", "last", "last / first", "range"],
            [ToRow("No snapshot", free), ToRow("Pinned snapshot", pinned)]);
    }

    private static async Task<double[]> DrainAsync(string server, bool isPinned, int deliveries)
    {
        await using Backlog backlog = await Backlog.OpenAsync(server, nodes: 1);
        await backlog.FillAsync(deliveries);
        await backlog.ReleaseAsync();
        await using NpgsqlConnection? snapshot = isPinned ? await backlog.PinAsync() : null;

        double[] rates = new double[Quarters];
        long start = Stopwatch.GetTimestamp();
        Task drained = backlog.DrainAsync();

        for (int quarter = 0; quarter < Quarters; quarter++)
        {
            while (backlog.Left > deliveries / Quarters * (Quarters - 1 - quarter))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1));
            }

            long end = Stopwatch.GetTimestamp();
            rates[quarter] = deliveries / Quarters / Stopwatch.GetElapsedTime(start, end).TotalSeconds;
            start = end;
        }

        await drained;

        if (isPinned && await backlog.CountDeadAsync() < deliveries)
        {
            throw new InvalidOperationException("Deliveries could be cleaned up: nothing held the snapshot.");
        }

        return rates;
    }

    private static string[] ToRow(string name, List<double[]> rounds)
    {
        double[] ratios = [.. rounds.Select(static rates => rates[^1] / rates[0]).Order()];

        return
        [
            name,
            .. Enumerable.Range(0, Quarters).Select(quarter => string.Create(
                CultureInfo.InvariantCulture, $"{rounds.Select(rates => rates[quarter]).Order().ElementAt(rounds.Count / 2):N0}")),
            string.Create(CultureInfo.InvariantCulture, $"{ratios[ratios.Length / 2]:P0}"),
            string.Create(CultureInfo.InvariantCulture, $"{ratios[0]:P0}–{ratios[^1]:P0}"),
        ];
    }
}
