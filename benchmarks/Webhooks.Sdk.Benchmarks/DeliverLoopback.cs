using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;
using Webhooks.Sdk.Benchmarks.Delivering;
using Webhooks.Sdk.Benchmarks.Sending;

namespace Webhooks.Sdk.Benchmarks;

/// <summary>
/// Publishes events of 1 KiB to 64 owners, one delivery each, and waits for the last answer: with and without HTTP, beside requests that
/// <see cref="HttpClient"/> sends without signature, storage or record.
/// </summary>
/// <remarks>Compare them with <c>--rates DeliverLoopback</c>.</remarks>
public class DeliverLoopback
{
    private const int Events = 8_000;
    private const int Owners = 64;

    private readonly byte[] _body = [.. Enumerable.Repeat((byte)'x', 1_100)];
    private readonly LoopbackReceiver _receiver = new();
    private readonly HttpClient _raw = new();
    private Application? _application;

    [Params(DeliveryStore.InMemory, DeliveryStore.Sqlite, DeliveryStore.PostgreSql)]
    public DeliveryStore Store { get; set; }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await (_application?.DisposeAsync() ?? default);
        _raw.Dispose();
        _receiver.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public Task RawPosts()
    {
        int left = Events;

        return Task.WhenAll(Enumerable.Range(0, Owners).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await HandWritten.PostAsync(_raw, _receiver.Url, _body);
            }
        })));
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public Task WithoutHttp() => DeliverAsync(overNetwork: false);

    [Benchmark(OperationsPerInvoke = Events)]
    public Task OverLoopback() => DeliverAsync(overNetwork: true);

    private async Task DeliverAsync(bool overNetwork)
    {
        _application ??= await Application.RunAsync(Store, overNetwork, Enumerable.Range(0, Owners).Select(i => (OwnerOf(i), _receiver.Url)));
        await _application.DeliverAsync(Events, OwnerOf, Events);
    }

    private static string OwnerOf(int i) => $"owner-{i % Owners}";
}
