using System;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Simulation.Checking;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>A process that runs the dispatcher, until it is stopped or dies.</summary>
internal sealed class Node : IDisposable
{
    private readonly World _world;
    private readonly Process _process;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public Node(World world, string name)
    {
        _world = world;
        _process = new Process(world, name);
    }

    public Actor Actor => _process.Actor;

    public bool IsRunning => !_running.IsCompleted && !Actor.Gate.IsShut;

    public bool IsStopping => _stop.IsCancellationRequested;

    public double StoreFailures
    {
        set => _process.Weather.Failures = value;
    }

    public void Start()
    {
        _world.Trace.Add(Actor.Name, "starts");
        _running = _process.Get<WebhookDispatcher>().RunAsync(_stop.Token);
    }

    /// <summary>Asks it to end.</summary>
    public void Stop()
    {
        _world.Trace.Add(Actor.Name, "is stopped");
        _stop.Cancel();
    }

    /// <summary>Kills it where it stands.</summary>
    public void Crash()
    {
        _world.Trace.Add(Actor.Name, "crashes");
        Actor.Gate.Shut();
    }

    public void ThrowIfFaulted()
    {
        if (_running.IsFaulted)
        {
            throw new Violation("A dispatcher runs whatever happens", _running.Exception.InnerException!.ToString());
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _process.Dispose();
    }
}
