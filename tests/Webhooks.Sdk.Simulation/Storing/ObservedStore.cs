using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Outbox;
using Webhooks.Sdk.Simulation.Acting;
using Webhooks.Sdk.Simulation.Checking;

namespace Webhooks.Sdk.Simulation.Storing;

/// <summary>
/// The shared store as one process sees it: every change is entered in the ledger at the moment at which it is made, and the two are compared.
/// </summary>
internal sealed partial class ObservedStore(
    IWebhookStore store, IWebhookStoreOperations operations, Actor actor, Ledger ledger, Audit audit, Findings findings, IWebhookSealer sealer)
    : IWebhookStore, IWebhookStoreOperations
{
    public WebhookStoreCapabilities Capabilities => store.Capabilities;

    public ValueTask OpenAsync(CancellationToken cancellationToken = default) => store.OpenAsync(cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> KeepAsync(string name, ReadOnlyMemory<byte> candidate, CancellationToken cancellationToken = default) =>
        store.KeepAsync(name, candidate, cancellationToken);

    public async ValueTask<IReadOnlyList<StoredEvent>> AppendAsync(
        ReadOnlyMemory<StoredEvent> events, DbTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<StoredEvent> stored = await store.AppendAsync(events, transaction, cancellationToken);
        Enter(() => ledger.Append(events.Span, stored));
        return stored;
    }

    public async ValueTask<IReadOnlyList<BucketLease>> AcquireAsync(string holder, int wanted, TimeSpan length, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<BucketLease> leases = await store.AcquireAsync(holder, wanted, length, cancellationToken);
        findings.Check(() => ledger.Leases.Take(actor, leases, ledger.Now, length));
        return leases;
    }

    public async ValueTask<IReadOnlyList<BucketLease>> RenewAsync(string holder, TimeSpan length, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<BucketLease> leases = await store.RenewAsync(holder, length, cancellationToken);
        findings.Check(() => ledger.Leases.Take(actor, leases, ledger.Now, length));
        return leases;
    }

    public ValueTask ReleaseAsync(string holder, ReadOnlyMemory<int> buckets, CancellationToken cancellationToken = default)
    {
        ledger.Leases.Release(actor, buckets.Span);
        return store.ReleaseAsync(holder, buckets, cancellationToken);
    }

    public async ValueTask<int> FanOutAsync(ReadOnlyMemory<FanOut> batch, CancellationToken cancellationToken = default)
    {
        int added = await store.FanOutAsync(batch, cancellationToken);
        Enter(() => ledger.FanOut(batch.Span, audit.ReadMade()));
        return added;
    }

    public async ValueTask<CommitSummary> CommitAsync(ReadOnlyMemory<DeliveryOutcome> batch, CancellationToken cancellationToken = default)
    {
        CommitSummary summary = await store.CommitAsync(batch, cancellationToken);
        Enter(() => ledger.Commit(actor, batch.Span, summary));
        return summary;
    }

    public async ValueTask<bool> SetEndpointStateAsync(
        string endpointId, WebhookEndpointState state, WebhookEndpointStateCause cause, CancellationToken cancellationToken = default)
    {
        bool isChanged = await store.SetEndpointStateAsync(endpointId, state, cause, cancellationToken);

        if (isChanged)
        {
            Enter(() => ledger.SetState(endpointId, state, cause));
        }

        return isChanged;
    }

    public ValueTask EnsureEndpointsAsync(ReadOnlyMemory<StoredEndpoint> endpoints, CancellationToken cancellationToken = default) =>
        store.EnsureEndpointsAsync(endpoints, cancellationToken);

    public async ValueTask MoveToLaneAsync(string endpointId, ReadOnlyMemory<long> deliveries, CancellationToken cancellationToken = default)
    {
        await store.MoveToLaneAsync(endpointId, deliveries, cancellationToken);
        findings.Check(audit.Check);
    }

    public ValueTask<bool> LeaveLaneAsync(string endpointId, CancellationToken cancellationToken = default) => store.LeaveLaneAsync(endpointId, cancellationToken);

    public ValueTask<IReadOnlyList<PendingEvent>> ReadPendingAsync(int limit, CancellationToken cancellationToken = default) =>
        store.ReadPendingAsync(limit, cancellationToken);

    public ValueTask<IReadOnlyList<Subscriber>> ReadSubscribersAsync(
        ReadOnlyMemory<SubscriberQuery> queries, SubscriberCursor after, int limit, CancellationToken cancellationToken = default) =>
        store.ReadSubscribersAsync(queries, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<DueDelivery>> ReadDueAsync(
        ReadOnlyMemory<int> buckets, DueCursor after, int limit, CancellationToken cancellationToken = default) =>
        store.ReadDueAsync(buckets, after, limit, cancellationToken);

    public ValueTask<LaneReading> ReadLanesAsync(ReadOnlyMemory<int> buckets, long after, CancellationToken cancellationToken = default) =>
        store.ReadLanesAsync(buckets, after, cancellationToken);

    public ValueTask<IReadOnlyList<DueDelivery>> ReadInLanesAsync(ReadOnlyMemory<LaneQuery> lanes, CancellationToken cancellationToken = default) =>
        store.ReadInLanesAsync(lanes, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(ReadOnlyMemory<Guid> keys, CancellationToken cancellationToken = default) =>
        store.ReadEventsAsync(keys, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEndpoint>> ReadEndpointsAsync(ReadOnlyMemory<string> ids, CancellationToken cancellationToken = default) =>
        store.ReadEndpointsAsync(ids, cancellationToken);

    public ValueTask WaitForWorkAsync(TimeSpan longest, CancellationToken cancellationToken = default) => store.WaitForWorkAsync(longest, cancellationToken);

    private void Enter(Action change) => findings.Check(() =>
    {
        change();
        audit.Check();
    });

    private WebhookEndpoint Unseal(StoredEndpoint stored) =>
        sealer.TryUnseal(stored.SealedSettings.Span, StoredSettings.Purpose(stored.Id), out byte[]? settings)
            ? StoredSettings.Read(settings, stored.Id)
            : throw new InvalidOperationException($"{stored.Id} is sealed with another key.");
}
