using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Simulation.Storing;

/// <content>What operators ask.</content>
internal sealed partial class SimulatedStore
{
    public ValueTask<bool> AddEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default) =>
        CallAsync("add endpoint", () => store.AddEndpointAsync(endpoint, cancellationToken), cancellationToken);

    public ValueTask<bool> ReplaceEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default) =>
        CallAsync("replace endpoint", () => store.ReplaceEndpointAsync(endpoint, cancellationToken), cancellationToken);

    public ValueTask<bool> RemoveEndpointAsync(string endpointId, CancellationToken cancellationToken = default) =>
        CallAsync("remove endpoint", () => store.RemoveEndpointAsync(endpointId, cancellationToken), cancellationToken);

    public ValueTask<bool> RemoveEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default) =>
        CallAsync("remove endpoint", () => store.RemoveEndpointAsync(owner, endpointId, cancellationToken), cancellationToken);

    public ValueTask<StoredEndpoint?> FindEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default) =>
        CallAsync("find endpoint", () => store.FindEndpointAsync(owner, endpointId, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<StoredEndpoint>> ListEndpointsAsync(
        string? owner, string? after, int limit, CancellationToken cancellationToken = default) =>
        CallAsync("list endpoints", () => store.ListEndpointsAsync(owner, after, limit, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<StoredDelivery>> ReadWaitingAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        CallAsync("read waiting", () => store.ReadWaitingAsync(query, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<StoredDelivery>> ReadDeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        CallAsync("read dead letters", () => store.ReadDeadLettersAsync(query, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<RecordedAttempt>> ReadAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        CallAsync("read attempts", () => store.ReadAttemptsAsync(query, cancellationToken), cancellationToken);

    public ValueTask<int> ReplayAsync(ReadOnlyMemory<long> deliveries, TimeSpan spread, CancellationToken cancellationToken = default) =>
        CallAsync("replay", () => store.ReplayAsync(deliveries, spread, cancellationToken), cancellationToken);

    public ValueTask<int> ReplayDeadLettersAsync(DeliveryQuery query, TimeSpan spread, CancellationToken cancellationToken = default) =>
        CallAsync("replay dead letters", () => store.ReplayDeadLettersAsync(query, spread, cancellationToken), cancellationToken);

    public ValueTask<int> EraseAsync(string? owner, string? subject, CancellationToken cancellationToken = default) =>
        CallAsync("erase", () => store.EraseAsync(owner, subject, cancellationToken), cancellationToken);

    public ValueTask<int> PurgeAsync(TimeSpan finishedFor, TimeSpan deadFor, int limit, CancellationToken cancellationToken = default) =>
        CallAsync("purge", () => store.PurgeAsync(finishedFor, deadFor, limit, cancellationToken), cancellationToken);

    public ValueTask<StoreStatistics> ReadStatisticsAsync(CancellationToken cancellationToken = default) =>
        CallAsync("read statistics", () => store.ReadStatisticsAsync(cancellationToken), cancellationToken);
}
