using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Durability.Tests.Working;
using Webhooks.Sdk.Testing;

namespace Webhooks.Sdk.Durability.Tests.PostgreSql;

/// <summary>
/// Three workers on one database, all publishing, and each delivering to its share of the endpoints; one of them is killed, again and again, and replaced.
/// </summary>
internal sealed class SharedKillRun(PostgreSqlDatabase database, int kills, int seed) : IAsyncDisposable
{
    private const int Workers = 3;
    private const int Events = 8;
    private const int FailsEvery = 9;
    private const int Never = 1_000_000;

    private static readonly string[] Ordered = Spread.Of("ordered", 6);
    private static readonly string[] Endpoints = [.. Ordered, .. Spread.Of("other", 6)];
    private static readonly FailurePoint[] Points = Enum.GetValues<FailurePoint>();

    private readonly Random _random = new(seed);
    private readonly ReceiverLog _log = new();
    private readonly List<WorkerProcess> _workers = [];
    private readonly Dictionary<WorkerProcess, int> _asked = [];
    private readonly List<TimeSpan> _stalls = [];
    private int _arrived;
    private (WorkerProcess Worker, int Left)? _victim;

    public async Task<KillFigures> RunAsync()
    {
        _log.Status = arrival => IsKilling(arrival) ? null : ++_arrived % FailsEvery == 0 ? 503 : 200;
        _log.Answers = static arrival => arrival.Status is null ? ReceiverAnswer.Silence() : ReceiverAnswer.Status(200);
        await database.PrepareAsync(Endpoints.Select(id => (id, _log.UrlOf(id), Ordered.Contains(id))));
        List<WorkerProcess> alive = [.. Enumerable.Range(0, Workers).Select(_ => Start())];
        await Task.WhenAll(alive.Select(static worker => worker.WhenReadyAsync()));
        alive.ForEach(Publish);
        await _log.UntilAsync(static arrivals => arrivals.Select(static arrival => arrival.Endpoint).Distinct().Count() == Endpoints.Length, "a request to each endpoint");

        for (int i = 0; i < kills; i++)
        {
            WorkerProcess killed = await KillAsync(alive, Points[i % Points.Length]);
            long at = Stopwatch.GetTimestamp();
            int before = _log.Arrivals().Length;
            string[] orphans = OrphansOf(killed);
            alive.Remove(killed);
            alive.ForEach(Publish);
            alive.Add(Start());
            await _log.UntilAsync(arrivals => orphans.All(endpoint => First(arrivals, endpoint) is not null), $"a request to each of {string.Join(' ', orphans)} after kill {i + 1}");
            Arrival[] taken = _log.Arrivals();
            _stalls.AddRange(orphans.Select(endpoint => Stopwatch.GetElapsedTime(at, First(taken, endpoint)!.Timestamp)));
            await alive[^1].WhenReadyAsync();

            Arrival? First(Arrival[] arrivals, string endpoint) =>
                arrivals.Skip(before).FirstOrDefault(arrival => arrival.Endpoint == endpoint && arrival.Worker != killed.Number);
        }

        await _log.UntilAsync(_ => alive.TrueForAll(worker => worker.Ids(Publishing.Acknowledged).Concat(worker.Ids(Publishing.Never)).Count() == _asked[worker]), "all publishes");
        long wanted = (await database.StoredIdsAsync()).Count * (long)Endpoints.Length;
        await _log.UntilAsync(arrivals => Delivered(arrivals).Count() >= wanted, "all deliveries");
        await Task.WhenAll(alive.Select(static worker => worker.StopAsync()));
        return await JudgeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _workers.ForEach(static worker => worker.Dispose());
        await _log.DisposeAsync();
    }

    private WorkerProcess Start()
    {
        WorkerProcess worker = WorkerProcess.Start(database.Address, _workers.Count);
        _workers.Add(worker);
        _asked.Add(worker, 0);
        return worker;
    }

    private void Publish(WorkerProcess worker)
    {
        worker.Publish(_asked[worker], Events);
        _asked[worker] += Events;
    }

    /// <summary>The endpoints that a worker was the last to send to.</summary>
    private string[] OrphansOf(WorkerProcess worker) =>
        [.. _log.Arrivals().GroupBy(static arrival => arrival.Endpoint).Where(each => each.Last().Worker == worker.Number).Select(static each => each.Key)];

    private async Task<WorkerProcess> KillAsync(List<WorkerProcess> alive, FailurePoint point)
    {
        // Whoever holds the lease of fan-out comes there.
        WorkerProcess[] chosen = point == FailurePoint.FanOut ? [.. alive] : [Pick(alive)];
        int times = point == FailurePoint.FanOut ? 1 : _random.Next(1, 9);
        _victim = point == FailurePoint.Answer ? (chosen[0], times) : null;

        if (point is not (FailurePoint.Answer or FailurePoint.AnyTime))
        {
            Array.ForEach(chosen, worker => worker.Die(point, times, _random.Next(200_000)));
        }

        alive.ForEach(Publish);

        if (point == FailurePoint.AnyTime)
        {
            int before = _log.Arrivals().Length;
            await _log.UntilAsync(arrivals => arrivals.Length >= before + (5 * times), "some requests");
            chosen[0].Kill();
        }

        Task<Task> over = Task.WhenAny(chosen.Select(static worker => worker.WhenOverAsync()).ToArray());

        // There may have been too little to do for the point to be reached.
        while (!over.IsCompleted)
        {
            alive.ForEach(Publish);
            await ((Task)over).WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await await over;
        _victim = null;
        WorkerProcess killed = chosen.First(static worker => worker.IsOver);

        // The next one gets there only when the lease has run out.
        Array.ForEach(chosen, worker => worker.Die(point, Never, spins: 0));
        return killed;
    }

    private WorkerProcess Pick(List<WorkerProcess> alive)
    {
        WorkerProcess[] senders = [.. alive.Where(worker => OrphansOf(worker).Length > 0)];
        return senders[_random.Next(senders.Length)];
    }

    private bool IsKilling(Arrival arrival)
    {
        if (_victim is not var (worker, left) || arrival.Worker != worker.Number)
        {
            return false;
        }

        _victim = (worker, left - 1);

        if (left == 1)
        {
            worker.Kill();
        }

        return left <= 1;
    }

    private static IEnumerable<(string Endpoint, string EventId)> Delivered(IEnumerable<Arrival> arrivals) =>
        arrivals.Where(static arrival => arrival.Status == 200).Select(static arrival => (arrival.Endpoint, arrival.EventId)).Distinct();

    private async Task<KillFigures> JudgeAsync()
    {
        Arrival[] arrivals = _log.Arrivals();
        HashSet<string> stored = await database.StoredIdsAsync();
        HashSet<string> parted = [.. await database.ReadAsync<string>("SELECT id FROM application")];
        string[] acknowledged = [.. _workers.SelectMany(static worker => worker.Ids(Publishing.Acknowledged))];
        HashSet<(string, string)> delivered = [.. Delivered(arrivals)];
        parted.SymmetricExceptWith(stored.Where(static id => int.Parse(id.Split('-')[1], CultureInfo.InvariantCulture) % 4 == 0));
        int disorders = 0;

        foreach (string endpoint in Ordered)
        {
            disorders += Disorder.Count(
                await DeliveryOrder.OfAsync(database, endpoint), arrivals.Where(arrival => arrival.Endpoint == endpoint));
        }

        return new KillFigures
        {
            Kills = kills,
            Acknowledged = acknowledged.Length,
            Stored = stored.Count,
            Lost = acknowledged.Sum(id => Endpoints.Count(endpoint => !delivered.Contains((endpoint, id)))),
            Invented = arrivals.Count(arrival => !stored.Contains(arrival.EventId)),
            Parted = parted.Count,
            Requests = arrivals.Length,
            Unrecorded = [arrivals.Length - (int)await database.CountAsync("webhooks_attempt")],
            Disorders = disorders,
            Doubled = await database.CountDoubledAsync(),
            Stalls = _stalls,
            Integrity = await database.CountAsync("webhooks_delivery") == 0 ? "ok" : "deliveries are left",
        };
    }
}
