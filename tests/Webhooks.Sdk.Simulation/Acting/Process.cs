using System;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Simulation.Network;
using Webhooks.Sdk.Simulation.Scheduling;
using Webhooks.Sdk.Simulation.Storing;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>A process with the SDK in it, as an application registers it: only its time, its store and its wire are simulated.</summary>
internal sealed class Process : IDisposable
{
    private readonly ServiceProvider _services;

    public Process(World world, string name)
    {
        var gate = new Gate(world.Agenda);
        Actor = new Actor(name, gate, new Clock(world.Agenda, gate));
        Weather = new StoreWeather(world.Random, world.Plan.LongestStoreDelay);
        var observed = new ObservedStore(
            world.Store, world.Operations, Actor, world.Ledger, world.Audit, world.Findings, new WebhookKeySealer([world.Key]));
        var store = new SimulatedStore(observed, Actor, Weather, world.Trace);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Actor.Clock);
        services.AddSingleton<IWebhookStore>(store);
        services.AddSingleton<IWebhookStoreOperations>(store);
        services.AddWebhooks()
            .UseSealingKeys(world.Key)
            .ConfigureOutbox(options =>
            {
                options.LeaseDuration = world.Plan.LeaseDuration;
                options.PollInterval = world.Plan.PollInterval;
                options.MaxConcurrency = world.Plan.MaxConcurrency;
                options.MaxConcurrencyPerEndpoint = world.Plan.MaxConcurrencyPerEndpoint;
                options.FinishedRetention = world.Plan.FinishedRetention;
                options.DeadLetterRetention = world.Plan.DeadLetterRetention;
            })
            .HttpClient.ConfigurePrimaryHttpMessageHandler(() => new SimulatedNetwork(Actor, world.Wire, world.Agenda, world.Random));
        _services = services.BuildServiceProvider();
    }

    public Actor Actor { get; }

    public StoreWeather Weather { get; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose() => _services.Dispose();
}
