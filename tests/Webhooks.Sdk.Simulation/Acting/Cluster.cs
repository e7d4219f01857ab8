using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>The nodes: each that is stopped or dies is replaced after a while.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly World _world;
    private readonly List<Node> _all = [];
    private readonly List<Node> _alive = [];
    private double _storeFailures;
    private bool _isStopping;

    public Cluster(World world)
    {
        _world = world;

        for (int i = 0; i < world.Plan.Nodes; i++)
        {
            world.After(world.Some(TimeSpan.FromMinutes(1)), Start);
        }
    }

    /// <summary>Gets the nodes that run and were not asked to end.</summary>
    public IReadOnlyList<Node> Alive => _alive;

    public bool IsOver => _all.TrueForAll(static node => !node.IsRunning);

    public double StoreFailures
    {
        set
        {
            _storeFailures = value;
            _all.ForEach(node => node.StoreFailures = value);
        }
    }

    public void Crash(Node node)
    {
        node.Crash();
        Replace(node);
    }

    public void Stop(Node node)
    {
        node.Stop();
        Replace(node);
    }

    /// <summary>Lets a node sleep, and wake up later, perhaps when all its leases have run out.</summary>
    public void Hold(Node node, TimeSpan length)
    {
        _world.Trace.Add(node.Actor.Name, "falls asleep");
        node.Actor.Gate.Hold();
        _world.After(length, () => Wake(node));
    }

    /// <summary>Asks all to end, and starts no other.</summary>
    public void StopAll()
    {
        _isStopping = true;
        _alive.ForEach(static node => node.Stop());
        _alive.Clear();
    }

    public void ThrowIfFaulted() => _all.ForEach(static node => node.ThrowIfFaulted());

    public void Dispose() => _all.ForEach(static node => node.Dispose());

    private void Start()
    {
        if (_isStopping)
        {
            return;
        }

        var node = new Node(_world, $"node-{_all.Count + 1}") { StoreFailures = _storeFailures };
        _all.Add(node);
        _alive.Add(node);
        node.Start();
    }

    private void Replace(Node node)
    {
        _alive.Remove(node);
        _world.After(_world.Some(2 * _world.Plan.LeaseDuration), Start);
    }

    private void Wake(Node node)
    {
        if (node.Actor.Gate.IsHeld)
        {
            _world.Trace.Add(node.Actor.Name, "wakes up");
            node.Actor.Gate.Release();
        }
    }
}
