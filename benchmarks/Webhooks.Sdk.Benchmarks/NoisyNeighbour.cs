using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Benchmarks.Delivering;
using Webhooks.Sdk.Benchmarks.Measuring;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Delivers to 63 healthy endpoints, alone and beside one that never answers and for which 100,000 deliveries wait.
/// </summary>
/// <remarks>Compare them with <c>--rates NoisyNeighbour</c>.</remarks>
public class NoisyNeighbour
{
    private const int Healthy = 63;
    private const int Events = 6_300;
    private const string Sick = "sick";

    private static readonly IEnumerable<(string Owner, Uri Url)> Subscriptions =
    [
        .. Enumerable.Range(0, Healthy).Select(i => (OwnerOf(i), new Uri($"https://healthy-{i}.example"))),
        (Sick, new Uri($"https://{CountingHandler.HangingHost}")),
    ];

    private Application? _application;

    [Params(DeliveryStore.InMemory, DeliveryStore.Sqlite, DeliveryStore.PostgreSql)]
    public DeliveryStore Store { get; set; }

    [GlobalCleanup]
    public async Task StopAsync() => await (_application?.DisposeAsync() ?? default);

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public Task Alone() => DeliverAsync(backlog: 0);

    [Benchmark(OperationsPerInvoke = Events)]
    public Task BesideABacklog() => DeliverAsync(backlog: Smoke.IsRunning ? 1_000 : 100_000);

    private async Task DeliverAsync(int backlog)
    {
        _application ??= await RunAsync(backlog);
        await _application.DeliverAsync(Events, OwnerOf, Events);

        if ((await _application.StatisticsAsync()).Waiting < backlog)
        {
            throw new InvalidOperationException($"Fewer than {backlog} deliveries are waiting for the one that hangs: somebody has answered for it.");
        }
    }

    private async Task<Application> RunAsync(int backlog)
    {
        Application application = await Application.RunAsync(Store, overNetwork: false, Subscriptions);
        await application.PublishAsync(backlog, static _ => Sick);

        // All of it is fanned out before anything is measured.
        while (await application.StatisticsAsync() is { PendingEvents: > 0 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return application;
    }

    private static string OwnerOf(int i) => $"owner-{i % Healthy}";
}
