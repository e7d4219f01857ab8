using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Webhooks.Sdk.Conformance;
using Webhooks.Sdk.Durability.Tests.Working;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>Workers are replaced by those of a version with more columns, one after the other, while all publish and deliver.</summary>
public sealed class UpgradeTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Events = 4;

    private const string Late = "late-0";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // Longer than a busy machine keeps anybody from renewing it.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private static readonly string[] Ordered = Spread.Of("ordered", 4);
    private static readonly string[] Endpoints = [.. Ordered, .. Spread.Of("other", 4)];

    private readonly ReceiverLog _log = new();
    private readonly List<WorkerProcess> _workers = [];
    private PostgreSqlDatabase? _database;

    public async Task InitializeAsync()
    {
        _database = await PostgreSqlDatabase.CreateAsync();
        await _database.PrepareAsync(Endpoints.Select(id => (id, _log.UrlOf(id), Ordered.Contains(id))));
    }

    [StoreFact]
    public async Task Upgrade_OneWorkerAfterTheOther_LosesNothingAndKeepsNobodyWaiting()
    {
        await StartAsync(isNext: false);
        await StartAsync(isNext: false);
        await using ServiceProvider probing = _database!.Open();
        using var stop = new CancellationTokenSource();
        Task<TimeSpan> publishing = ProbeAsync(probing.Publisher(), stop.Token);
        Task<TimeSpan> locking = WatchLocksAsync(stop.Token);
        await UntilSendingAsync(_workers[0], _workers[1]);

        // Somebody's transaction that has published is still open when the columns are added.
        await using NpgsqlConnection connection = _database.Connect();
        await connection.OpenAsync();
        await using NpgsqlTransaction open = await connection.BeginTransactionAsync();
        await probing.Publisher().PublishAsync(WebhookEvent.For("thing.happened").WithId(Late).WithJson("{}"u8).Build(), open);
        Task started = StartAsync(isNext: true);
        await UntilSomebodyWaitsAsync(2 * LongestWait);
        await open.CommitAsync();
        await started;
        await UntilSendingAsync(_workers[0], _workers[2]);
        await _workers[0].StopAsync();
        await StartAsync(isNext: true);
        await _workers[1].StopAsync();
        await UntilSendingAsync(_workers[2], _workers[3]);
        await stop.CancelAsync();
        (TimeSpan publish, TimeSpan wait) = (await publishing, await locking);

        await _log.UntilAsync(_ => _workers.TrueForAll(worker => worker.IsOver || worker.Ids(Publishing.Acknowledged).Concat(worker.Ids(Publishing.Never)).Count() == worker.Asked), "all publishes");
        HashSet<string> stored = await _database.StoredIdsAsync();
        await _log.UntilAsync(arrivals => Delivered(arrivals).Count >= stored.Count * Endpoints.Length, "all deliveries");
        await Task.WhenAll(_workers[2..].Select(static worker => worker.StopAsync()));

        Arrival[] arrivals = _log.Arrivals();
        string[] acknowledged = [.. _workers.SelectMany(static worker => worker.Ids(Publishing.Acknowledged))];
        int disorders = 0;

        foreach (string endpoint in Ordered)
        {
            disorders += Disorder.Count(await DeliveryOrder.OfAsync(_database, endpoint), arrivals.Where(arrival => arrival.Endpoint == endpoint));
        }

        output.WriteLine(
            $"{stored.Count} events, lost {acknowledged.Count(id => !stored.Contains(id))}, duplicates {arrivals.Length - (stored.Count * Endpoints.Length)}, out of order {disorders}, "
            + $"longest wait for a table {wait.TotalMilliseconds:0} ms, longest publish {publish.TotalMilliseconds:0} ms");
        Assert.Equal([1], await _database.ReadAsync<int>("SELECT minor FROM webhooks_version"));
        Assert.Empty(acknowledged.Except(stored));
        Assert.Contains(Late, stored);
        Assert.Equal(stored.Count * Endpoints.Length, Delivered(arrivals).Count);
        Assert.Equal(arrivals.Length, Delivered(arrivals).Count);
        Assert.Equal(0, disorders);
        Assert.Equal(0, await _database.CountDoubledAsync());

        // Asked of the server: a publish takes as long as a busy machine makes it, too.
        Assert.InRange(wait, TimeSpan.FromTicks(1), LongestWait);
    }

    public async Task DisposeAsync()
    {
        _workers.ForEach(static worker => worker.Dispose());
        await _log.DisposeAsync();
    }

    public void Dispose() => _database?.Dispose();

    private static HashSet<(string Endpoint, string EventId)> Delivered(Arrival[] arrivals) => [.. arrivals.Select(static arrival => (arrival.Endpoint, arrival.EventId))];

    /// <summary>Publishes again and again, and gives how long it took at most.</summary>
    private static async Task<TimeSpan> ProbeAsync(IWebhookPublisher publisher, CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        TimeSpan longest = TimeSpan.Zero;

        for (int number = 1; !cancellationToken.IsCancellationRequested; number++)
        {
            long start = Stopwatch.GetTimestamp();
            await publisher.PublishAsync(ApplicationExtensions.EventOf(number), CancellationToken.None);
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            longest = number > 1 && took > longest ? took : longest;
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        return longest;
    }

    /// <summary>Looks again and again at who waits for a table, and gives how long anybody did at most.</summary>
    private async Task<TimeSpan> WatchLocksAsync(CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        await using NpgsqlConnection connection = _database!.Connect();
        await connection.OpenAsync(CancellationToken.None);
        await using var look = new NpgsqlCommand(
            "SELECT coalesce(max(clock_timestamp() - waitstart), '0') FROM pg_locks JOIN pg_database d ON d.oid = database WHERE NOT granted AND locktype = 'relation' AND datname = current_database()",
            connection);
        TimeSpan longest = TimeSpan.Zero;

        while (!cancellationToken.IsCancellationRequested)
        {
            var waited = (TimeSpan)(await look.ExecuteScalarAsync(CancellationToken.None))!;
            longest = waited > longest ? waited : longest;
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        return longest;
    }

    /// <summary>Waits until a worker wants a table for itself, and for some time more.</summary>
    private async Task UntilSomebodyWaitsAsync(TimeSpan more)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        while (await _database!.CountAsync("pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") == 0)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        using var rest = new PeriodicTimer(more);
        await rest.WaitForNextTickAsync(patience.Token);
    }

    private async Task StartAsync(bool isNext)
    {
        var worker = WorkerProcess.Start(isNext ? _database!.NextAddress : _database!.Address, _workers.Count + 1, Lease);
        _workers.Add(worker);
        await worker.WhenReadyAsync();
    }

    /// <summary>Has all workers publish until the given ones have sent something that was published from now on.</summary>
    private async Task UntilSendingAsync(params WorkerProcess[] senders)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        int before = _log.Arrivals().Length;

        do
        {
            _workers.Where(static worker => !worker.IsOver).ToList().ForEach(static worker => worker.Publish(worker.Asked, Events));
            await timer.WaitForNextTickAsync(patience.Token);
        }
        while (!senders.All(sender => _log.Arrivals().Skip(before).Any(arrival => arrival.Worker == sender.Number)));
    }
}
