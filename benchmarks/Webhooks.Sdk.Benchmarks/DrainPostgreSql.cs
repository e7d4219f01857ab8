using System;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Npgsql;
using Webhooks.Sdk.Benchmarks.Delivering;
using Webhooks.Sdk.Benchmarks.Measuring;
using Webhooks.Sdk.Benchmarks.Sending;
using Webhooks.Sdk.PostgreSql.Cluster;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Drains 10,000 deliveries of 1 KiB to 64 owners that wait in PostgreSQL, by as many nodes as there are workers of a hand-written queue: one that only claims,
/// reads and completes, and one that also signs and sends, as the nodes do. Every request is answered at once, without a network.
/// </summary>
/// <remarks>
/// Publishing and fan-out are not measured, and neither is the taking of leases: the nodes are running and have shared them, and the deliveries are not due.
/// When all of them are, the nodes are notified, and from then on it is measured until the last outcome is committed. Compare them with
/// <c>--rates DrainPostgreSql</c>.
/// </remarks>
public class DrainPostgreSql
{
    private const int Deliveries = 10_000;

    private static readonly Uri Url = new("https://receiver.example");

    private readonly byte[] _data = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', 1_000), .. "\"}"u8];
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly HttpClient _client = new(new CountingHandler());
    private SkipLockedQueue? _queue;
    private Backlog? _backlog;

    [Params(1, 2, 4)]
    public int Nodes { get; set; }

    private static int Waiting => Smoke.IsRunning ? 500 : Deliveries;

    [GlobalSetup(Targets = [nameof(Queue), nameof(QueueThatSends)])]
    public async Task CreateQueueAsync()
    {
        _queue = new SkipLockedQueue(NpgsqlDataSource.Create(await PostgreSqlServer.ConnectionStringAsync()));
        await _queue.CreateAsync();
    }

    [GlobalSetup(Target = nameof(Dispatchers))]
    public async Task StartNodesAsync() => _backlog = await Backlog.OpenAsync(await PostgreSqlServer.ConnectionStringAsync(), Nodes);

    [IterationSetup(Targets = [nameof(Queue), nameof(QueueThatSends)])]
    public void FillQueue() => _queue!.FillAsync(Waiting, _data).GetAwaiter().GetResult();

    [IterationSetup(Target = nameof(Dispatchers))]
    public void FillBacklog() => FillBacklogAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await (_queue?.DisposeAsync() ?? default);
        await (_backlog?.DisposeAsync() ?? default);
        _client.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Deliveries)]
    public Task Queue() => _queue!.DrainAsync(Nodes, static (_, _) => Task.CompletedTask);

    [Benchmark(OperationsPerInvoke = Deliveries)]
    public Task QueueThatSends() => _queue!.DrainAsync(Nodes, (id, data) => HandWritten.PostSignedAsync(_client, Url, _key, $"evt_{id:N}", data));

    [Benchmark(OperationsPerInvoke = Deliveries)]
    public Task Dispatchers() => _backlog!.DrainAsync();

    private async Task FillBacklogAsync()
    {
        await _backlog!.FillAsync(Waiting);
        await _backlog.ReleaseAsync();
    }
}
