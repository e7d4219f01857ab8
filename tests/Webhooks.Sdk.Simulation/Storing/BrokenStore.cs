using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Simulation.Storing;

/// <summary>A store that is broken in one way.</summary>
[SuppressMessage("Reliability", "CA2012", Justification = "A proxy returns what the interface asks for as an object.")]
[SuppressMessage("Performance", "CA1859", Justification = "A proxy returns what the interface asks for as an object.")]
public class BrokenStore : DispatchProxy
{
    private const int Every = 5;

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
            (Breakage.LoseAppend, nameof(IWebhookStore.AppendAsync), [ReadOnlyMemory<StoredEvent> events, ..]) when IsTime() =>
                Answer<IReadOnlyList<StoredEvent>>(events.ToArray()),
            (Breakage.LoseDelivery, nameof(IWebhookStore.CommitAsync), [ReadOnlyMemory<DeliveryOutcome> outcomes, ..]) when IsTime() =>
                Answer(Commit(outcomes, static outcome => outcome with { Kind = DeliveryOutcomeKind.Delivered })),
            (Breakage.DoubleAttempt, nameof(IWebhookStore.CommitAsync), [ReadOnlyMemory<DeliveryOutcome> outcomes, ..]) => CommitTwice(outcomes),
            (Breakage.ForgetAttempt, nameof(IWebhookStore.CommitAsync), [ReadOnlyMemory<DeliveryOutcome> outcomes, ..]) => CommitAnyway(outcomes),
            (Breakage.ForgetStop, nameof(IWebhookStore.SetEndpointStateAsync), [string id, not WebhookEndpointState.Active, ..]) =>
                Answer(Now(_store.ReadEndpointsAsync(new[] { id })) is [{ State: WebhookEndpointState.Active }]),
            (Breakage.ForgetLease, nameof(IWebhookStore.AcquireAsync), [_, int wanted, ..]) when IsTime() =>
                Answer<IReadOnlyList<BucketLease>>([.. Enumerable.Range(0, wanted).Select(static bucket => new BucketLease(bucket, 1))]),
            (Breakage.SwapOrder, nameof(IWebhookStore.ReadInLanesAsync), [ReadOnlyMemory<LaneQuery> lanes, ..]) =>
                Answer<IReadOnlyList<DueDelivery>>(
                    [.. Now(_store.ReadInLanesAsync(lanes.ToArray().Select(static lane => lane with { Limit = int.MaxValue }).ToArray())).Reverse()]),
            (Breakage.ChangeBody, nameof(IWebhookStore.ReadEventsAsync), [ReadOnlyMemory<Guid> keys, ..]) => ReadChanged(keys),
            _ => targetMethod.Invoke(_store, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null),
        };
    }

    private bool IsTime() => ++_calls % Every == 0;

    private static object Answer<T>(T answer) => ValueTask.FromResult(answer);

    // In memory every call ends at once.
    private static T Now<T>(ValueTask<T> call) => call.AsTask().GetAwaiter().GetResult();

    private CommitSummary Commit(ReadOnlyMemory<DeliveryOutcome> outcomes, Func<DeliveryOutcome, DeliveryOutcome> change) =>
        Now(_store.CommitAsync(outcomes.ToArray().Select(change).ToArray()));

    private object CommitTwice(ReadOnlyMemory<DeliveryOutcome> outcomes)
    {
        CommitSummary summary = Commit(outcomes, static outcome => outcome);
        Commit(outcomes, static outcome => outcome with { Attempt = outcome.Attempt + 1 });
        return Answer(summary);
    }

    private object CommitAnyway(ReadOnlyMemory<DeliveryOutcome> outcomes)
    {
        int applied = Enumerable.Range(0, Every).Sum(more => Commit(outcomes, outcome => outcome with { Attempt = outcome.Attempt + more }).Applied);
        return Answer(new CommitSummary(applied, []));
    }

    private object ReadChanged(ReadOnlyMemory<Guid> keys) => Answer<IReadOnlyList<StoredEvent>>(
        [.. Now(_store.ReadEventsAsync(keys)).Select(stored => _read.Add(stored.Key) ? stored : stored with { Data = "{}"u8.ToArray() })]);
}
