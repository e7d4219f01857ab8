using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Simulation.Storing;

/// <summary>A store that is broken in one way.</summary>
public class BrokenStore : DispatchProxy
{
    private readonly HashSet<Guid> _read = [];
    private IWebhookStore _store = null!;
    private Breakage _breakage;
    private int _calls;

    internal static IWebhookStore Break(IWebhookStore store, Breakage breakage)
    {
        if (breakage == Breakage.None)
        {
            return store;
        }

        IWebhookStore proxy = Create<IWebhookStore, BrokenStore>();
        (((BrokenStore)proxy)._store, ((BrokenStore)proxy)._breakage) = (store, breakage);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        return (_breakage, targetMethod.Name, args) switch
        {
            (Breakage.LoseAppend, nameof(IWebhookStore.AppendAsync), [ReadOnlyMemory<StoredEvent> events, ..]) when IsTime(5) =>
                new ValueTask<IReadOnlyList<StoredEvent>>(events.ToArray()),
            (Breakage.LoseDelivery, nameof(IWebhookStore.CommitAsync), [ReadOnlyMemory<DeliveryOutcome> outcomes, ..]) when IsTime(5) =>
                _store.CommitAsync(outcomes.ToArray().Select(static outcome => outcome with { Kind = DeliveryOutcomeKind.Delivered }).ToArray()),
            (Breakage.DoubleAttempt, nameof(IWebhookStore.CommitAsync), [ReadOnlyMemory<DeliveryOutcome> outcomes, ..]) => CommitTwice(outcomes),
            (Breakage.ForgetAttempt, nameof(IWebhookStore.CommitAsync), [ReadOnlyMemory<DeliveryOutcome> outcomes, ..]) => CommitAnyway(outcomes),
            (Breakage.ForgetStop, nameof(IWebhookStore.SetEndpointStateAsync), [_, not WebhookEndpointState.Active, ..]) => new ValueTask<bool>(true),
            (Breakage.ForgetLease, nameof(IWebhookStore.AcquireAsync), [_, int wanted, ..]) when IsTime(5) =>
                new ValueTask<IReadOnlyList<BucketLease>>([.. Enumerable.Range(0, wanted).Select(static bucket => new BucketLease(bucket, 1))]),
            (Breakage.SwapOrder, nameof(IWebhookStore.ReadLaneAsync), [string id, DueCursor after, int, ..]) =>
                new ValueTask<IReadOnlyList<DueDelivery>>([.. _store.ReadLaneAsync(id, after, int.MaxValue).Result.Reverse()]),
            (Breakage.ChangeBody, nameof(IWebhookStore.ReadEventsAsync), [ReadOnlyMemory<Guid> keys, ..]) => ReadChanged(keys),
            _ => Forward(targetMethod, args),
        };
    }

    private bool IsTime(int every) => ++_calls % every == 0;

    private object? Forward(MethodInfo method, object?[]? arguments) =>
        method.Invoke(_store, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

    private ValueTask<CommitSummary> CommitTwice(ReadOnlyMemory<DeliveryOutcome> outcomes)
    {
        CommitSummary summary = _store.CommitAsync(outcomes).Result;
        _ = _store.CommitAsync(outcomes.ToArray().Select(static outcome => outcome with { Attempt = outcome.Attempt + 1 }).ToArray());
        return new(summary);
    }

    private ValueTask<CommitSummary> CommitAnyway(ReadOnlyMemory<DeliveryOutcome> outcomes)
    {
        int applied = Enumerable.Range(0, 4)
            .Sum(more => _store.CommitAsync(outcomes.ToArray().Select(outcome => outcome with { Attempt = outcome.Attempt + more }).ToArray()).Result.Applied);
        return new(new CommitSummary(applied, []));
    }

    private ValueTask<IReadOnlyList<StoredEvent>> ReadChanged(ReadOnlyMemory<Guid> keys) =>
        new([.. _store.ReadEventsAsync(keys).Result.Select(stored => _read.Add(stored.Key) ? stored : stored with { Data = "{\"number\":0}"u8.ToArray() })]);
}
