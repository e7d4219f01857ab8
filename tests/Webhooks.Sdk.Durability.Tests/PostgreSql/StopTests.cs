using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Durability.Tests.Working;
using Webhooks.Sdk.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>Two workers that share endpoints: one is asked to end, or stands still for a while.</summary>
public sealed class StopTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Events = 40;

    private static readonly string[] Ordered = Spread.Of("ordered", 4);
    private static readonly string[] Endpoints = [.. Ordered, .. Spread.Of("other", 4)];

    private readonly ReceiverLog _log = new();
    private PostgreSqlDatabase? _database;
    private WorkerProcess? _first;
    private WorkerProcess? _second;
    private int _asked;

    public async Task InitializeAsync()
    {
        _database = await PostgreSqlDatabase.CreateAsync();
        await _database.PrepareAsync(Endpoints.Select(id => (id, _log.UrlOf(id), Ordered.Contains(id))));
    }

    [StoreFact]
    public async Task Terminate_OneOfTwo_RepeatsNothingAndTheOtherTakesOverAtOnce()
    {
        await StartAsync(lease: TimeSpan.FromSeconds(30));
        await PublishUntilBothWorkAsync();
        int before = _log.Arrivals().Length;
        _second!.Publish(first: 1001, Events);
        await _log.UntilAsync(arrivals => arrivals.Length > before + (Events * Endpoints.Length / 4), "some of the events");

        await _first!.StopAsync();
        _second.Publish(first: 2001, Events);
        await AllPublishedAsync();
        long wanted = (await _database!.StoredIdsAsync()).Count * (long)Endpoints.Length;
        await _log.UntilAsync(arrivals => arrivals.Length >= wanted, "all deliveries");
        await _second.StopAsync();

        Arrival[] arrivals = _log.Arrivals();
        Arrival last = arrivals.Last(arrival => arrival.Worker == _first.Number);
        TimeSpan[] gaps =
        [
            .. arrivals.Where(arrival => arrival.Worker == _first.Number).Select(static arrival => arrival.Endpoint).Distinct()
                .Select(endpoint => arrivals.First(arrival => arrival.Endpoint == endpoint && arrival.Timestamp > last.Timestamp))
                .Select(next => Stopwatch.GetElapsedTime(last.Timestamp, next.Timestamp)).Order(),
        ];
        output.WriteLine($"Nobody sent to its {gaps.Length} endpoints for {gaps[0].TotalSeconds:0.00} to {gaps[^1].TotalSeconds:0.00} s; duplicates {arrivals.Length - wanted}.");
        Assert.Equal(wanted, arrivals.Length);
        Assert.Equal(0, await _database.CountDoubledAsync());
        Assert.Equal(0, await _database.CountAsync("webhooks_bucket WHERE holder IS NOT NULL"));
        Assert.Equal(0, await _database.CountAsync("webhooks_holder"));
        Assert.Equal(0, await DisordersAsync());

        // Neither for the lease to run out nor for a quarter of it, after which it is renewed. The machine may be busy.
        Assert.InRange(gaps[^1], TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [StoreFact]
    public async Task Suspend_OneOfTwoForLongerThanItsLease_ChangesNothingThatTheOtherHasDone()
    {
        await StartAsync(Worker.Lease);
        await PublishUntilBothWorkAsync();
        var gate = new ReceiverGate();
        _log.Answers = arrival => arrival.Worker == _first!.Number ? ReceiverAnswer.Status(200).After(gate) : ReceiverAnswer.Status(200);
        int before = _log.Arrivals().Length;
        _second!.Publish(first: 1001, Events);
        await _log.UntilAsync(arrivals => arrivals.Skip(before).Any(arrival => arrival.Worker == _first!.Number), "something in its hand");
        await AllPublishedAsync();
        _first!.Suspend();
        int sent = _log.Arrivals().Count(arrival => arrival.Worker == _first.Number);

        // What it holds is answered only when the other has done it.
        HashSet<string> stored = await _database!.StoredIdsAsync();
        await _database.UntilNoneAsync("webhooks_delivery");
        gate.Open();
        string[] attempts = [.. await _database.ReadAsync<string>(AttemptRows)];
        _first.Resume();
        _second.Publish(first: 2001, count: 1);
        await _log.UntilAsync(arrivals => arrivals.Where(arrival => !stored.Contains(arrival.EventId)).Select(static arrival => arrival.Endpoint).Distinct().Count() == Endpoints.Length, "one more event");
        await AllPublishedAsync();
        await _database.UntilNoneAsync("webhooks_delivery");
        await _first.StopAsync();
        await _second.StopAsync();

        Arrival[] arrivals = _log.Arrivals();
        long wanted = (await _database.StoredIdsAsync()).Count * (long)Endpoints.Length;
        output.WriteLine($"It had sent {sent}; lost {wanted - arrivals.Select(static arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count()}, duplicates {arrivals.Length - wanted}.");
        Assert.Equal(wanted, arrivals.Select(static arrival => (arrival.Endpoint, arrival.EventId)).Distinct().Count());
        Assert.Equal(attempts, (await _database.ReadAsync<string>(AttemptRows)).Take(attempts.Length));
        Assert.Equal(wanted, await _database.CountAsync("webhooks_attempt"));
        Assert.Equal(0, await _database.CountDoubledAsync());
        Assert.Equal(0, await DisordersAsync());
    }

    public async Task DisposeAsync()
    {
        _first?.Dispose();
        _second?.Dispose();
        await _log.DisposeAsync();
    }

    public void Dispose() => _database?.Dispose();

    private const string AttemptRows = "SELECT n || ' ' || delivery || ' ' || number || ' ' || started_at FROM webhooks_attempt ORDER BY n";

    private async Task StartAsync(TimeSpan lease)
    {
        _first = WorkerProcess.Start(_database!.Address, 1, lease);
        await _first.WhenReadyAsync();
        _second = WorkerProcess.Start(_database.Address, 2, lease);
        await _second.WhenReadyAsync();
    }

    private async Task PublishUntilBothWorkAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));

        while (_log.Arrivals().TakeLast(3 * Endpoints.Length).Select(static arrival => arrival.Worker).Distinct().Count() < 2 || _asked < 10)
        {
            _second!.Publish(_asked++, count: 1);
            await timer.WaitForNextTickAsync();
        }
    }

    private Task AllPublishedAsync() => _log.UntilAsync(
        _ => _second!.Ids(Publishing.Acknowledged).Concat(_second.Ids(Publishing.Never)).Count() == _second.Asked, "all publishes");

    private async Task<int> DisordersAsync()
    {
        Arrival[] arrivals = _log.Arrivals();
        int disorders = 0;

        foreach (string endpoint in Ordered)
        {
            disorders += Disorder.Count(await DeliveryOrder.OfAsync(_database!, endpoint), arrivals.Where(arrival => arrival.Endpoint == endpoint));
        }

        return disorders;
    }
}
