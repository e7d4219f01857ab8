using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Simulation.Storing;

/// <content>What operators ask.</content>
internal sealed partial class ObservedStore
{
    public async ValueTask<bool> AddEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        bool isAdded = await operations.AddEndpointAsync(endpoint, cancellationToken);

        if (isAdded)
        {
            Enter(() => ledger.Put(endpoint, Unseal(endpoint)));
        }

        return isAdded;
    }

    public async ValueTask<bool> ReplaceEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default)
    {
        bool isReplaced = await operations.ReplaceEndpointAsync(endpoint, cancellationToken);

        if (isReplaced)
        {
            Enter(() => ledger.Put(endpoint, Unseal(endpoint)));
        }

        return isReplaced;
    }

    public async ValueTask<bool> RemoveEndpointAsync(string endpointId, CancellationToken cancellationToken = default)
    {
        bool isRemoved = await operations.RemoveEndpointAsync(endpointId, cancellationToken);

        if (isRemoved)
        {
            Enter(() => ledger.Remove(endpointId));
        }

        return isRemoved;
    }

    public async ValueTask<bool> RemoveEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default)
    {
        bool isRemoved = await operations.RemoveEndpointAsync(owner, endpointId, cancellationToken);

        if (isRemoved)
        {
            Enter(() => ledger.Remove(endpointId));
        }

        return isRemoved;
    }

    public ValueTask<StoredEndpoint?> FindEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default) =>
        operations.FindEndpointAsync(owner, endpointId, cancellationToken);

    public async ValueTask<int> ReplayAsync(ReadOnlyMemory<long> deliveries, TimeSpan spread, CancellationToken cancellationToken = default)
    {
        int replayed = await operations.ReplayAsync(deliveries, spread, cancellationToken);
        Enter(() => ledger.Replay(deliveries.ToArray(), audit.ReadMade()));
        return replayed;
    }

    public async ValueTask<int> ReplayDeadLettersAsync(DeliveryQuery query, TimeSpan spread, CancellationToken cancellationToken = default)
    {
        long[] dead = [.. (await operations.ReadDeadLettersAsync(query, cancellationToken)).Select(static each => each.Id)];
        int replayed = await operations.ReplayDeadLettersAsync(query, spread, cancellationToken);
        Enter(() => ledger.Replay(dead, audit.ReadMade()));
        return replayed;
    }

    public async ValueTask<int> EraseAsync(string? owner, string? subject, CancellationToken cancellationToken = default)
    {
        int erased = await operations.EraseAsync(owner, subject, cancellationToken);
        Enter(() => ledger.Erase(owner, subject));
        return erased;
    }

    public async ValueTask<int> PurgeAsync(TimeSpan finishedFor, TimeSpan deadFor, int limit, CancellationToken cancellationToken = default)
    {
        int purged = await operations.PurgeAsync(finishedFor, deadFor, limit, cancellationToken);
        Enter(() => ledger.Purge(finishedFor, deadFor, limit, purged));
        return purged;
    }

    public ValueTask<IReadOnlyList<StoredEndpoint>> ListEndpointsAsync(
        string? owner, string? after, int limit, CancellationToken cancellationToken = default) =>
        operations.ListEndpointsAsync(owner, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StoredDelivery>> ReadWaitingAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        operations.ReadWaitingAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<StoredDelivery>> ReadDeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        operations.ReadDeadLettersAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<RecordedAttempt>> ReadAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        operations.ReadAttemptsAsync(query, cancellationToken);

    public ValueTask<StoreStatistics> ReadStatisticsAsync(CancellationToken cancellationToken = default) => operations.ReadStatisticsAsync(cancellationToken);
}
