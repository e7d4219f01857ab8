using System;
using System.Linq;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Benchmarks.Delivering;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Publishes one event of 1 KiB and waits until all its subscribers were told and have answered at once: 10,000 of them, or one after the other as many
/// events to one subscriber.
/// </summary>
/// <remarks>Compare them with <c>--rates FanOutDurable</c>. What one more subscriber costs is a second by the rate.</remarks>
public class FanOutDurable
{
    private const int Subscribers = 10_000;

    private Application? _application;

    [Params(DeliveryStore.InMemory, DeliveryStore.Sqlite, DeliveryStore.PostgreSql)]
    public DeliveryStore Store { get; set; }

    [GlobalCleanup]
    public async Task StopAsync() => await (_application?.DisposeAsync() ?? default);

    [Benchmark(Baseline = true, OperationsPerInvoke = Subscribers)]
    public Task AsManyEventsToOneSubscriber() => DeliverAsync(subscribers: 1, events: Subscribers);

    [Benchmark(OperationsPerInvoke = Subscribers)]
    public Task OneEventToAllSubscribers() => DeliverAsync(Subscribers, events: 1);

    private async Task DeliverAsync(int subscribers, int events)
    {
        _application ??= await Application.RunAsync(
            Store, overNetwork: false, Enumerable.Range(0, subscribers).Select(static i => ("crowd", new Uri($"https://receiver.example/{i}"))));

        await _application.DeliverAsync(events, static _ => "crowd", Subscribers);
    }
}
