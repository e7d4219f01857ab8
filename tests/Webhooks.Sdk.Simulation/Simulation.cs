using System;
using System.Linq;
using System.Threading.Tasks;
using Webhooks.Sdk.Simulation.Acting;
using Webhooks.Sdk.Simulation.Checking;
using Webhooks.Sdk.Simulation.Network;
using Webhooks.Sdk.Simulation.Scheduling;
using Webhooks.Sdk.Simulation.Storing;

namespace Webhooks.Sdk.Simulation;

/// <summary>
/// One seed: days in which dispatchers, store, receivers, clocks and operators do their worst; then everybody recovers, and what was acknowledged must get
/// where it belongs.
/// </summary>
internal sealed class Simulation : IDisposable
{
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromDays(4);
    private static readonly TimeSpan LongestStop = TimeSpan.FromHours(2);

    private readonly World _world;
    private readonly Cluster _cluster;
    private readonly Application _application;
    private readonly Fate _fate;

    public Simulation(int seed, Breakage breakage, int keptLines)
    {
        _world = new World(seed, breakage, keptLines);
        _cluster = new Cluster(_world);
        _application = new Application(_world);
        _fate = new Fate(_world, _cluster, _application);
    }

    /// <summary>Runs to the end, or to the first promise that is not kept.</summary>
    public async Task<SimulationResult> RunAsync()
    {
        try
        {
            await RunUntilAsync(() => _fate.IsOver, TimeSpan.MaxValue);
            Recover();
            await RunUntilAsync(IsQuiet, _world.Agenda.Now + LongestRecovery);
            _cluster.StopAll();
            await RunUntilAsync(() => _cluster.IsOver, _world.Agenda.Now + LongestStop);
            _world.Audit.Check();
            return Result(failure: null);
        }
        catch (Exception exception)
        {
            return Result(_world.Findings.First ?? exception);
        }
    }

    public void Dispose()
    {
        _cluster.Dispose();
        _application.Dispose();
    }

    private async Task RunUntilAsync(Func<bool> isOver, TimeSpan latest)
    {
        await SingleThread.SettleAsync();

        while (!isOver())
        {
            if (!_world.Agenda.TryTake(out AgendaEntry? entry) || _world.Agenda.Now > latest)
            {
                throw new Violation("Everything comes to an end", $"{_world.Ledger.Waiting.Count} deliveries wait: {string.Join(", ", _world.Ledger.Waiting.Values.Take(5))}; {_world.Ledger.Pending.Count()} events are pending");
            }

            entry.Happen();
            await SingleThread.SettleAsync();

            if (_world.Findings.First is { } failure)
            {
                throw failure;
            }
        }

        _cluster.ThrowIfFaulted();
    }

    private void Recover()
    {
        _world.Trace.Add("fate", "lets everybody recover");
        (_cluster.StoreFailures, _application.StoreFailures) = (0, 0);

        foreach (Receiver receiver in _world.Receivers)
        {
            receiver.Mood = ReceiverMood.Well;
        }
    }

    private bool IsQuiet() =>
        _application.IsIdle && !_world.Ledger.Pending.Any() && !_world.Ledger.Waiting.Values.Any(static delivery => delivery.Endpoint.Current.IsActive);

    private SimulationResult Result(Exception? failure) => new(
        failure?.Message, _world.Trace.Hash, _world.Agenda.Now, _world.Trace.Count, _application.Acknowledged, _world.Wire.Attempts, [.. _world.Trace.Last()]);
}
