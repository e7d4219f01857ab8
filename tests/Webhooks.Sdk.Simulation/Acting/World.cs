using System;
using System.Collections.Generic;
using Webhooks.Sdk.Outbox;
using Webhooks.Sdk.Simulation.Checking;
using Webhooks.Sdk.Simulation.Network;
using Webhooks.Sdk.Simulation.Scheduling;
using Webhooks.Sdk.Simulation.Storing;

namespace Webhooks.Sdk.Simulation.Acting;

/// <summary>What all processes of one seed share: the time, the store, the wire, and the dice.</summary>
internal sealed class World
{
    private readonly Dictionary<string, Receiver> _receivers = new(StringComparer.Ordinal);

    public World(int seed, Breakage breakage, int keptLines)
    {
        Random = new Random(seed);
        Plan = new Plan(Random);
        Gate = new Gate(Agenda);
        Trace = new Trace(Agenda, keptLines);
        StoreClock = new Clock(Agenda, Gate);
        var memory = new InMemoryWebhookStore(StoreClock);
        Store = BrokenStore.Break(memory, breakage);
        Operations = memory;
        Ledger = new Ledger(Agenda, StoreClock);
        Audit = new Audit(memory, memory, Ledger);
        Wire = new Wire(Agenda, Ledger, Findings, Trace, ReceiverOf) { LongestStoreDelay = Plan.LongestStoreDelay };
    }

    public Agenda Agenda { get; } = new();

    public Random Random { get; }

    public Plan Plan { get; }

    /// <summary>Gets the gate of what belongs to nobody: it is always open.</summary>
    public Gate Gate { get; }

    public Trace Trace { get; }

    public Findings Findings { get; } = new();

    public Clock StoreClock { get; }

    public IWebhookStore Store { get; }

    public IWebhookStoreOperations Operations { get; }

    public Ledger Ledger { get; }

    public Audit Audit { get; }

    public Wire Wire { get; }

    public WebhookSealingKey Key { get; } = WebhookSealingKey.Parse($"simulation:{Convert.ToBase64String(new byte[32])}");

    public IReadOnlyCollection<Receiver> Receivers => _receivers.Values;

    /// <summary>Gives the receiver of an endpoint, whatever endpoint has the id now.</summary>
    public Receiver ReceiverOf(string endpointId)
    {
        if (!_receivers.TryGetValue(endpointId, out Receiver? receiver))
        {
            _receivers.Add(endpointId, receiver = new Receiver(Random));
        }

        return receiver;
    }

    /// <summary>Notes that something happens in a while, whoever is dead by then.</summary>
    public void After(TimeSpan delay, Action act) => Agenda.Add(delay, Gate, act);

    /// <summary>Gives a length of time up to a limit: short ones are as likely as long ones, on every scale.</summary>
    public TimeSpan Some(TimeSpan longest) => longest * Math.Pow(10, -4 * Random.NextDouble());

    public T OneOf<T>(IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];
}
