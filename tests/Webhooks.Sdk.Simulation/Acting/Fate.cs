using System;
using System.Linq;
using Webhooks.Sdk.Simulation.Network;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>Decides what happens to the world, one thing after the other, until the plan's last.</summary>
internal sealed class Fate
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    private readonly World _world;
    private readonly Cluster _cluster;
    private readonly Application _application;
    private readonly (int Weight, Action Act)[] _choices;
    private int _left;

    public Fate(World world, Cluster cluster, Application application)
    {
        (_world, _cluster, _application, _left) = (world, cluster, application, world.Plan.Actions);
        _choices =
        [
            (40, Publish),
            (22, ChangeMood),
            (6, () => OnNode(_cluster.Crash)),
            (3, () => OnNode(_cluster.Stop)),
            (6, () => OnNode(Hold)),
            (3, () => OnNode(node => node.Actor.Clock.Offset = Step())),
            (2, StepStore),
            (5, ChangeStoreFailures),
            (5, application.Subscribe),
            (2, application.Unsubscribe),
            (4, application.Pause),
            (6, application.Resume),
            (3, application.Rotate),
            (3, application.Replay),
            (2, application.ReplayDeadLetters),
            (2, application.Erase),
        ];

        for (int i = 0; i < 6; i++)
        {
            application.Subscribe();
        }

        world.After(world.Some(TimeSpan.FromMinutes(1)), Act);
    }

    public bool IsOver => _left == 0;

    private void Act()
    {
        int chosen = _world.Random.Next(_choices.Sum(static choice => choice.Weight));

        foreach ((int weight, Action act) in _choices)
        {
            chosen -= weight;

            if (chosen < 0)
            {
                act();
                break;
            }
        }

        if (--_left > 0)
        {
            _world.After(_world.Random.Next(3) > 0 ? _world.Some(TimeSpan.FromSeconds(10)) : _world.Some(_world.Plan.LongestCalm), Act);
        }
    }

    private void Publish()
    {
        for (int i = _world.Random.Next(1, 6); i > 0; i--)
        {
            _application.Publish();
        }
    }

    private void ChangeMood()
    {
        if (_world.Receivers.Count > 0)
        {
            Receiver receiver = _world.OneOf([.. _world.Receivers]);
            ReceiverMood mood = _world.OneOf(Enum.GetValues<ReceiverMood>());

            // Whoever is gone is gone for good, so it is rare.
            receiver.Mood = mood == ReceiverMood.Gone && _world.Random.Next(3) > 0 ? ReceiverMood.Well : mood;
            _world.Trace.Add("fate", "makes a receiver", receiver.Mood.ToString());
        }
    }

    private void OnNode(Action<Node> act)
    {
        if (_cluster.Alive.Count > 0)
        {
            act(_world.OneOf(_cluster.Alive));
        }
    }

    private void Hold(Node node)
    {
        if (!node.Actor.Gate.IsHeld && _world.Agenda.Now - node.Actor.Gate.LastSleep.Until > TimeSpan.FromMinutes(1))
        {
            _cluster.Hold(node, _world.Some(3 * _world.Plan.LeaseDuration));
        }
    }

    private void StepStore()
    {
        TimeSpan before = _world.StoreClock.Offset;
        _world.StoreClock.Offset = Step();
        _world.Trace.Add("fate", "sets the store's clock by", $"{_world.StoreClock.Offset - before}");

        // Set forward, it ends leases that their holders still trust.
        if (_world.StoreClock.Offset > before)
        {
            _world.Wire.OverlapUntil = _world.Agenda.Now + _world.Plan.LeaseDuration;
        }
    }

    private void ChangeStoreFailures()
    {
        double failures = _world.Random.Next(2) == 0 ? 0 : 0.3 * _world.Random.NextDouble();
        _world.Trace.Add("fate", "lets store calls fail", failures > 0 ? "often" : "never");
        (_cluster.StoreFailures, _application.StoreFailures) = (failures, failures);
    }

    private TimeSpan Step() => LongestStep * ((2 * _world.Random.NextDouble()) - 1);
}
