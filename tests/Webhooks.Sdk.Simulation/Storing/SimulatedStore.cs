using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Simulation.Acting;
using Webhooks.Sdk.Simulation.Checking;

namespace Webhooks.Sdk.Simulation.Storing;

/// <summary>
/// The store as a process reaches it over a network: calls take their time there and back, get lost before they are applied, or are applied and get no answer.
/// Who dies between asking and hearing never hears.
/// </summary>
internal sealed partial class SimulatedStore(ObservedStore store, Actor actor, StoreWeather weather, Trace trace) : IWebhookStore, IWebhookStoreOperations
{
    public WebhookStoreCapabilities Capabilities => store.Capabilities with { MaxBatch = 8 };

    public ValueTask OpenAsync(CancellationToken cancellationToken = default) =>
        CallAsync("open", () => store.OpenAsync(cancellationToken), cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>> KeepAsync(string name, ReadOnlyMemory<byte> candidate, CancellationToken cancellationToken = default) =>
        CallAsync("keep", () => store.KeepAsync(name, candidate, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> AppendAsync(
        ReadOnlyMemory<StoredEvent> events, DbTransaction? transaction = null, CancellationToken cancellationToken = default) =>
        CallAsync("append", () => store.AppendAsync(events, transaction, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<BucketLease>> AcquireAsync(string holder, int wanted, TimeSpan length, CancellationToken cancellationToken = default) =>
        CallAsync("acquire", () => store.AcquireAsync(holder, wanted, length, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<BucketLease>> RenewAsync(string holder, TimeSpan length, CancellationToken cancellationToken = default) =>
        CallAsync("renew", () => store.RenewAsync(holder, length, cancellationToken), cancellationToken);

    public ValueTask ReleaseAsync(string holder, ReadOnlyMemory<int> buckets, CancellationToken cancellationToken = default) =>
        CallAsync("release", () => store.ReleaseAsync(holder, buckets, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<PendingEvent>> ReadPendingAsync(int limit, CancellationToken cancellationToken = default) =>
        CallAsync("read pending", () => store.ReadPendingAsync(limit, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<Subscriber>> ReadSubscribersAsync(
        ReadOnlyMemory<SubscriberQuery> queries, SubscriberCursor after, int limit, CancellationToken cancellationToken = default) =>
        CallAsync("read subscribers", () => store.ReadSubscribersAsync(queries, after, limit, cancellationToken), cancellationToken);

    public ValueTask EnsureEndpointsAsync(ReadOnlyMemory<StoredEndpoint> endpoints, CancellationToken cancellationToken = default) =>
        CallAsync("ensure endpoints", () => store.EnsureEndpointsAsync(endpoints, cancellationToken), cancellationToken);

    public ValueTask<int> FanOutAsync(ReadOnlyMemory<FanOut> batch, CancellationToken cancellationToken = default) =>
        CallAsync("fan out", () => store.FanOutAsync(batch, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<DueDelivery>> ReadDueAsync(
        ReadOnlyMemory<int> buckets, DueCursor after, int limit, CancellationToken cancellationToken = default) =>
        CallAsync("read due", () => store.ReadDueAsync(buckets, after, limit, cancellationToken), cancellationToken);

    public ValueTask<LaneReading> ReadLanesAsync(ReadOnlyMemory<int> buckets, long after, CancellationToken cancellationToken = default) =>
        CallAsync("read lanes", () => store.ReadLanesAsync(buckets, after, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<DueDelivery>> ReadInLanesAsync(ReadOnlyMemory<LaneQuery> lanes, CancellationToken cancellationToken = default) =>
        CallAsync("read in lanes", () => store.ReadInLanesAsync(lanes, cancellationToken), cancellationToken);

    public ValueTask MoveToLaneAsync(string endpointId, ReadOnlyMemory<long> deliveries, CancellationToken cancellationToken = default) =>
        CallAsync("move to lane", () => store.MoveToLaneAsync(endpointId, deliveries, cancellationToken), cancellationToken);

    public ValueTask<bool> LeaveLaneAsync(string endpointId, CancellationToken cancellationToken = default) =>
        CallAsync("leave lane", () => store.LeaveLaneAsync(endpointId, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(ReadOnlyMemory<Guid> keys, CancellationToken cancellationToken = default) =>
        CallAsync("read events", () => store.ReadEventsAsync(keys, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEndpoint>> ReadEndpointsAsync(ReadOnlyMemory<string> ids, CancellationToken cancellationToken = default) =>
        CallAsync("read endpoints", () => store.ReadEndpointsAsync(ids, cancellationToken), cancellationToken);

    public ValueTask<CommitSummary> CommitAsync(ReadOnlyMemory<DeliveryOutcome> batch, CancellationToken cancellationToken = default) =>
        CallAsync($"commit {Describe(batch.Span)}", () => store.CommitAsync(batch, cancellationToken), cancellationToken);

    public ValueTask<bool> SetEndpointStateAsync(
        string endpointId, WebhookEndpointState state, WebhookEndpointStateCause cause, CancellationToken cancellationToken = default) =>
        CallAsync("set state", () => store.SetEndpointStateAsync(endpointId, state, cause, cancellationToken), cancellationToken);

    public async ValueTask WaitForWorkAsync(TimeSpan longest, CancellationToken cancellationToken = default)
    {
        await store.WaitForWorkAsync(longest, cancellationToken);

        // Who is dead or sleeps does not hear that there is work.
        await actor.Gate.DelayAsync(TimeSpan.Zero);
    }

    private static string Describe(ReadOnlySpan<DeliveryOutcome> outcomes)
    {
        var text = new StringBuilder();

        foreach (DeliveryOutcome outcome in outcomes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{outcome.DeliveryId}: {outcome.Kind} {outcome.Reason} {outcome.Made?.Failure}, ");
        }

        return text.ToString();
    }

    private async ValueTask<T> CallAsync<T>(string name, Func<ValueTask<T>> call, CancellationToken cancellationToken)
    {
        await TravelAsync(name, "is lost");
        cancellationToken.ThrowIfCancellationRequested();
        T answer = await call();
        trace.Add(actor.Name, name, Trace.Describe(answer));
        await TravelAsync(name, "gets no answer");
        return answer;
    }

    private async ValueTask CallAsync(string name, Func<ValueTask> call, CancellationToken cancellationToken) =>
        await CallAsync(
            name,
            async () =>
            {
                await call();
                return true;
            },
            cancellationToken);

    private async ValueTask TravelAsync(string name, string fate)
    {
        TimeSpan delay = weather.Delay();
        bool fails = weather.Fails();

        if (delay > TimeSpan.Zero)
        {
            await actor.Gate.DelayAsync(delay);
        }

        if (fails)
        {
            trace.Add(actor.Name, name, fate);
            throw new WebhookStoreException($"The call {fate}: {name}.", isTransient: true);
        }
    }
}
