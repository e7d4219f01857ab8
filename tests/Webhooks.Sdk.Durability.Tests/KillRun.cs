using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Durability.Tests.Working;
using Webhooks.Sdk.Testing;

namespace Webhooks.Sdk.Durability.Tests;

/// <summary>
/// Two workers on one database, both publishing, one delivering; the one that delivers is killed, again and again, and replaced.
/// </summary>
internal sealed class KillRun(int kills, int seed) : IAsyncDisposable
{
    private const int Events = 16;
    private const int FailsEvery = 9;

    private static readonly string[] Ordered = ["ordered-1", "ordered-2"];
    private static readonly string[] Others = ["other-1", "other-2"];
    private static readonly FailurePoint[] Points = Enum.GetValues<FailurePoint>();

    private readonly Random _random = new(seed);
    private readonly SqliteDatabase _database = new();
    private readonly ReceiverLog _log = new();
    private readonly List<WorkerProcess> _workers = [];
    private readonly Dictionary<WorkerProcess, int> _asked = [];
    private readonly List<TimeSpan> _stalls = [];
    private readonly List<int> _unrecorded = [];
    private int _arrived;
    private (WorkerProcess Worker, int Left)? _victim;

    public async Task<KillFigures> RunAsync()
    {
        _log.Status = arrival => Kills(arrival) ? null : ++_arrived % FailsEvery == 0 ? 503 : 200;
        _log.Answers = arrival => arrival.Status is null ? ReceiverAnswer.Silence() : ReceiverAnswer.Status(200);
        await _database.PrepareAsync(
            [.. Ordered.Select(id => (id, _log.UrlOf(id), true)), .. Others.Select(id => (id, _log.UrlOf(id), false))]);

        List<WorkerProcess> alive = [Start(), Start()];
        await Task.WhenAll(alive.Select(worker => worker.WhenReadyAsync()));
        alive.ForEach(Publish);
        await _log.UntilAsync(arrivals => arrivals.Length > 0, "the first request");
        WorkerProcess active = SenderOf(_log.Arrivals()[0]);

        for (int i = 0; i < kills; i++)
        {
            await KillAsync(active, alive, Points[i % Points.Length]);
            int before = _log.Arrivals().Length;
            long killed = Stopwatch.GetTimestamp();
            alive.Remove(active);
            alive.Add(Start());
            await CountUnrecordedAsync();

            await _log.UntilAsync(arrivals => arrivals.Skip(before).Any(arrival => arrival.Worker != active.Number), $"a request after kill {i + 1}");
            Arrival first = _log.Arrivals().Skip(before).First(arrival => arrival.Worker != active.Number);
            _stalls.Add(Stopwatch.GetElapsedTime(killed, first.Timestamp));
            active = SenderOf(first);
            await alive[^1].WhenReadyAsync();
        }

        await _log.UntilAsync(_ => alive.TrueForAll(worker => worker.Ids(Publishing.Acknowledged).Concat(worker.Ids(Publishing.Never)).Count() == _asked[worker]), "all publishes");
        HashSet<string> stored = [.. await _database.ReadAsync<string>("SELECT id FROM webhooks_event")];
        int wanted = stored.Count * (Ordered.Length + Others.Length);
        await _log.UntilAsync(arrivals => Delivered(arrivals).Count() >= wanted, "all deliveries");
        await Task.WhenAll(alive.Select(worker => worker.StopAsync()));
        await CountUnrecordedAsync();
        return await JudgeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _workers.ForEach(worker => worker.Dispose());
        await _log.DisposeAsync();
        _database.Dispose();
    }

    private WorkerProcess Start()
    {
        WorkerProcess worker = WorkerProcess.Start(_database.Address, _workers.Count);
        _workers.Add(worker);
        _asked.Add(worker, 0);
        return worker;
    }

    private WorkerProcess SenderOf(Arrival arrival) => _workers.Single(worker => worker.Number == arrival.Worker);

    private void Publish(WorkerProcess worker)
    {
        worker.Publish(_asked[worker], Events);
        _asked[worker] += Events;
    }

    private async Task KillAsync(WorkerProcess active, List<WorkerProcess> alive, FailurePoint point)
    {
        int times = point == FailurePoint.FanOut ? 1 : _random.Next(1, 9);
        _victim = point == FailurePoint.Answer ? (active, times) : null;

        if (point is not (FailurePoint.Answer or FailurePoint.AnyTime))
        {
            active.Die(point, times, _random.Next(200_000));
        }

        alive.ForEach(Publish);

        if (point == FailurePoint.AnyTime)
        {
            int before = _log.Arrivals().Length;
            await _log.UntilAsync(arrivals => arrivals.Length >= before + (5 * times), "some requests");
            active.Kill();
        }

        Task over = active.WhenOverAsync();

        // There may have been too little to do for the point to be reached.
        while (!over.IsCompleted)
        {
            Publish(active);
            await over.WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await over;
        _victim = null;
    }

    private bool Kills(Arrival arrival)
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

    private async Task CountUnrecordedAsync()
    {
        int unrecorded = _log.Arrivals().Length - (int)await _database.CountAsync("webhooks_attempt");
        _unrecorded.Add(unrecorded - _unrecorded.Sum());
    }

    private static IEnumerable<(string Endpoint, string EventId)> Delivered(IEnumerable<Arrival> arrivals) =>
        arrivals.Where(arrival => arrival.Status == 200).Select(arrival => (arrival.Endpoint, arrival.EventId)).Distinct();

    private async Task<KillFigures> JudgeAsync()
    {
        Arrival[] arrivals = _log.Arrivals();
        string[] stored = [.. await _database.ReadAsync<string>("SELECT id FROM webhooks_event ORDER BY n")];
        HashSet<string> rows = [.. await _database.ReadAsync<string>("SELECT id FROM application")];
        HashSet<string> inTransaction = [.. stored.Where(id => int.Parse(id.Split('-')[1], null) % 4 == 0)];
        string[] acknowledged = [.. _workers.SelectMany(worker => worker.Ids(Publishing.Acknowledged))];
        HashSet<(string, string)> delivered = [.. Delivered(arrivals)];
        rows.SymmetricExceptWith(inTransaction);

        return new KillFigures
        {
            Kills = kills,
            Acknowledged = acknowledged.Length,
            Stored = stored.Length,
            Lost = acknowledged.Sum(id => Ordered.Concat(Others).Count(endpoint => !delivered.Contains((endpoint, id)))),
            Invented = arrivals.Count(arrival => !stored.Contains(arrival.EventId)),
            Parted = rows.Count,
            Requests = arrivals.Length,
            Unrecorded = _unrecorded,
            Disorders = Ordered.Sum(endpoint => DisordersOf(stored, arrivals.Where(arrival => arrival.Endpoint == endpoint))),
            Doubled = await _database.CountDoubledAsync(),
            Stalls = _stalls,
            Integrity = (await _database.ReadAsync<string>("PRAGMA integrity_check"))[0],
        };
    }

    // A worker sends one after the other, each until it has arrived; the next one begins, at the latest, with the first that has not arrived.
    private static int DisordersOf(string[] stored, IEnumerable<Arrival> arrivals)
    {
        Dictionary<string, int> places = stored.Index().ToDictionary(each => each.Item, each => each.Index);
        Arrival? last = null;
        (int next, int disorders) = (0, 0);

        foreach (Arrival arrival in arrivals)
        {
            int place = places.GetValueOrDefault(arrival.EventId, -1);
            bool isInOrder = last is not null && last.Worker == arrival.Worker
                ? place == places[last.EventId] + (last.Status == 200 ? 1 : 0)
                : place >= 0 && place <= next;
            disorders += isInOrder ? 0 : 1;
            next = arrival.Status == 200 ? Math.Max(next, place + 1) : next;
            last = arrival;
        }

        return disorders;
    }
}
