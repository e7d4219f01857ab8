using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Benchmarks.Delivering;
using Webhooks.Sdk.Benchmarks.Measuring;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// What an event of 1 KiB with one delivery costs in PostgreSQL: bytes of write-ahead log and SQL statements, to publish it by one of 256 producers and make its
/// delivery, and to deliver it; beside a hand-written queue whose jobs are claimed, read and completed by one worker.
/// </summary>
/// <remarks>Count them with <c>--figures Costs</c>.</remarks>
internal sealed class Costs : IFigures
{
    private const string Position = "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint";

    private static readonly byte[] Data = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', 1_000), .. "\"}"u8];

    public string Method =>
        $"Per delivery, over {Deliveries:N0} of them, by one node. Log by differences of `pg_current_wal_insert_lsn()` on a server of its own, without checkpoints " +
        "or autovacuum, so without images of whole pages; statements and round trips by Npgsql's tracing, which leaves out the `DISCARD ALL` that goes along with " +
        "the next statement of a connection that is used again.";

    private static int Deliveries => Smoke.IsRunning ? 500 : 20_000;

    public async Task<string> MeasureAsync()
    {
        await using PostgreSqlCluster? own = Smoke.IsRunning
            ? null
            : await PostgreSqlCluster.StartAsync("autovacuum=off", "checkpoint_timeout=1h", "max_wal_size=16GB");
        string server = own?.ConnectionString ?? await PostgreSqlServer.ConnectionStringAsync();
        using var counter = new StatementCounter();

        await using var queue = new SkipLockedQueue(counter.Connect(server));
        await queue.CreateAsync();
        await queue.FillAsync(Deliveries, Data);
        await using Backlog backlog = await Backlog.OpenAsync(server, nodes: 1, counter.Connect);

        // The first connections ask the server about itself.
        await backlog.FillAsync(Deliveries / 10);
        await backlog.ReleaseAsync();
        await backlog.DrainAsync();

        Step claimed = await MeasureAsync("Queue: claim, read, complete", () => queue.DrainAsync(workers: 1, static (_, _) => Task.CompletedTask));
        Step published = await MeasureAsync("Publish and fan out", () => backlog.FillAsync(Deliveries));
        await backlog.ReleaseAsync();
        Step delivered = await MeasureAsync("Read, send, commit", backlog.DrainAsync);

        return Figures.Table(["per delivery", "log", "statements", "round trips"], new[] { claimed, published, delivered }.Select(static step => step.ToRow()))
            + Figures.Table(
                ["statements per 1,000 deliveries", published.Name, delivered.Name],
                published.Statements.Keys.Union(delivered.Statements.Keys, StringComparer.Ordinal)
                    .OrderByDescending(name => published.CountOf(name) + delivered.CountOf(name))
                    .Select(name => new[] { $"`{name}`", Thousandth(published.CountOf(name)), Thousandth(delivered.CountOf(name)) }));

        async Task<Step> MeasureAsync(string name, Func<Task> run)
        {
            long before = await backlog.ReadAsync<long>(Position);
            counter.Take();
            await run();
            (int roundTrips, IReadOnlyDictionary<string, int> statements) = counter.Take();
            return new Step(name, await backlog.ReadAsync<long>(Position) - before, roundTrips, statements);
        }
    }

    private static string Thousandth(int count) => string.Create(CultureInfo.InvariantCulture, $"{count * 1000.0 / Deliveries:N1}");

    private sealed record Step(string Name, long Bytes, int RoundTrips, IReadOnlyDictionary<string, int> Statements)
    {
        public int CountOf(string statement) => Statements.GetValueOrDefault(statement);

        public string[] ToRow() =>
        [
            Name,
            string.Create(CultureInfo.InvariantCulture, $"{(double)Bytes / Deliveries:N0} B"),
            string.Create(CultureInfo.InvariantCulture, $"{(double)Statements.Values.Sum() / Deliveries:N3}"),
            string.Create(CultureInfo.InvariantCulture, $"{(double)RoundTrips / Deliveries:N3}"),
        ];
    }
}
