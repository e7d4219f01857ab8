using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Durability.Tests.Working;
using Webhooks.Sdk.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>Workers that are asked to end, and workers that stand still for a while.</summary>
public sealed class StopTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Events = 100;

    private readonly SqliteDatabase _database = new();
    private readonly ReceiverLog _log = new();
    private WorkerProcess? _first;
    private WorkerProcess? _second;

    public Task InitializeAsync() => _database.PrepareAsync([("ordered", _log.UrlOf("ordered"), true), ("other", _log.UrlOf("other"), false)]);

    [Fact]
    public async Task Terminate_WhileItDelivers_RepeatsNothingAndAnotherTakesOverAtOnce()
    {
        await StartAsync(lease: TimeSpan.FromSeconds(30));
        _second!.Publish(first: 1, Events);
        await _log.UntilAsync(arrivals => arrivals.Length > Events / 2, "half of the events");

        long asked = Stopwatch.GetTimestamp();
        await _first!.StopAsync();
        long stopped = Stopwatch.GetTimestamp();
        long stored = await WhenAllAreStoredAsync();
        await _log.UntilAsync(arrivals => arrivals.Length >= 2 * stored, "all deliveries");
        await _second.StopAsync();

        Arrival[] arrivals = _log.Arrivals();
        Assert.Equal(2 * stored, arrivals.Length);
        Assert.Equal(2 * stored, arrivals.Select(arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count());
        Assert.Equal(await OrderAsync(), arrivals.Where(arrival => arrival.Endpoint == "ordered").Select(arrival => arrival.EventId));
        Assert.Equal([1], await _database.ReadAsync<long>("SELECT holder IS NULL FROM webhooks_lease"));
        Arrival last = arrivals.Last(arrival => arrival.Worker == _first.Number);
        Arrival next = arrivals.First(arrival => arrival.Worker == _second.Number);
        TimeSpan gap = Stopwatch.GetElapsedTime(last.Timestamp, next.Timestamp);
        output.WriteLine($"It ended in {Stopwatch.GetElapsedTime(asked, stopped).TotalMilliseconds:0} ms; nobody sent for {gap.TotalMilliseconds:0} ms.");

        // Neither for the lease to run out nor for a quarter of it, after which it is renewed. The machine may be busy.
        Assert.InRange(gap, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Suspend_ForLongerThanItsLease_ChangesNothingThatAnotherHasDone()
    {
        await StartAsync(Worker.Lease);
        var gate = new ReceiverGate();
        _log.Answers = arrival => arrival.Worker == "1" ? ReceiverAnswer.Status(200).After(gate) : ReceiverAnswer.Status(200);
        _first!.Publish(first: 2, count: Events);
        await _log.UntilAsync(arrivals => Held(arrivals) == 1 + Worker.Concurrency, "a full hand");

        // Not while it writes: who stops with SQLite's lock keeps it.
        await _log.UntilAsync(_ => _first.Ids(Publishing.Acknowledged).Concat(_first.Ids(Publishing.Never)).Count() == Events + 1, "all publishes");
        await UntilAsync("(SELECT done FROM webhooks_fan_out) = (SELECT max(n) FROM webhooks_event)");
        _first.Suspend();
        long stored = await _database.CountAsync("webhooks_event");
        await _log.UntilAsync(arrivals => arrivals.Count(arrival => arrival.Worker == _second!.Number) >= 2 * (stored - 1), "all deliveries by the other");
        gate.Open();
        await UntilAsync("NOT EXISTS (SELECT 1 FROM webhooks_delivery)");
        string[] attempts = [.. await _database.ReadAsync<string>(AttemptRows)];

        _first.Resume();
        _second!.Publish(first: 1, count: 1);
        await _log.UntilAsync(arrivals => arrivals.Count(arrival => arrival.Worker == _second.Number) >= 2 * stored, "one more event");
        await _first.StopAsync();
        await _second.StopAsync();

        // What it had sent was sent again, and nothing else; what it knew of it was too late.
        Assert.Equal(2 + 1 + Worker.Concurrency, _log.Arrivals().Count(arrival => arrival.Worker == _first.Number));
        Assert.Equal(attempts, (await _database.ReadAsync<string>(AttemptRows)).Take(attempts.Length));
        Assert.Equal(2 * (stored + 1), await _database.CountAsync("webhooks_attempt"));
        Assert.Equal(0, await _database.CountDoubledAsync());
        Assert.Equal(await OrderAsync(), _log.Arrivals().Where(arrival => arrival.Endpoint == "ordered").Select(arrival => arrival.EventId).Distinct());
    }

    public async Task DisposeAsync()
    {
        _first?.Dispose();
        _second?.Dispose();
        await _log.DisposeAsync();
    }

    public void Dispose() => _database.Dispose();

    private const string AttemptRows = "SELECT n || ' ' || delivery || ' ' || number || ' ' || started_at FROM webhooks_attempt ORDER BY n";

    private async Task StartAsync(TimeSpan lease)
    {
        _first = WorkerProcess.Start(_database.Address, 1, lease);
        await _first.WhenReadyAsync();
        _first.Publish(first: 1, count: 1);
        await _log.UntilAsync(arrivals => arrivals.Length == 2, "the first event");
        _second = WorkerProcess.Start(_database.Address, 2, lease);
        await _second.WhenReadyAsync();
    }

    private static int Held(Arrival[] arrivals) => arrivals.Count(arrival => arrival.EventId != arrivals[0].EventId);

    private Task<System.Collections.Generic.IReadOnlyList<string>> OrderAsync() => _database.ReadAsync<string>("SELECT id FROM webhooks_event ORDER BY n");

    private async Task<long> WhenAllAreStoredAsync()
    {
        await _log.UntilAsync(_ => _second!.Ids(Publishing.Acknowledged).Concat(_second.Ids(Publishing.Never)).Count() == Events, "all publishes");
        return await _database.CountAsync("webhooks_event");
    }

    private async Task UntilAsync(string condition)
    {
        using var patience = new System.Threading.CancellationTokenSource(TimeSpan.FromSeconds(30));

        while ((await _database.ReadAsync<long>($"SELECT {condition}"))[0] == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
