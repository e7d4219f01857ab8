using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

internal sealed class WebhookDeliveries(IWebhookStoreOperations operations, OutboxOpening opening, OutboxWriter writer) : IWebhookDeliveries
{
    private const int Slice = 500;
    private const int MostRead = 10_000;

    public async Task<IReadOnlyList<StoredDelivery>> ReadWaitingAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        ThrowIfNoLimit(query);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await operations.ReadWaitingAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<StoredDelivery>> ReadDeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        ThrowIfNoLimit(query);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await operations.ReadDeadLettersAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<RecordedAttempt>> ReadAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        ThrowIfNoLimit(query);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await operations.ReadAttemptsAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> ReplayAsync(IEnumerable<long> deliveries, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deliveries);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await operations.ReplayAsync(deliveries.Distinct().ToArray(), TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> ReplayDeadLettersAsync(DeliveryQuery query, TimeSpan spread, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spread, TimeSpan.Zero);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        int all = 0;
        int replayed;

        do
        {
            replayed = await operations.ReplayDeadLettersAsync(query with { Limit = Slice }, spread, cancellationToken).ConfigureAwait(false);
            all += replayed;
        }
        while (replayed == Slice);

        return all;
    }

    public async Task SendTestAsync(string endpointId, WebhookEvent webhookEvent, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        ArgumentNullException.ThrowIfNull(webhookEvent);
        var key = Guid.CreateVersion7();
        await writer.WriteAsync(
            new StoredEvent
            {
                Key = key,
                Id = webhookEvent.Id,
                Type = webhookEvent.Type,
                Timestamp = webhookEvent.Timestamp,
                Subject = webhookEvent.Subject,
                Source = webhookEvent.Source,
                Data = webhookEvent.Data,
                EndpointId = endpointId,
                IdempotencyKey = $"test-{key:N}",
                CountsForHealth = false,
            },
            transaction: null,
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> EraseAsync(string? owner, string? subject, CancellationToken cancellationToken = default)
    {
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await operations.EraseAsync(owner, subject, cancellationToken).ConfigureAwait(false);
    }

    private static void ThrowIfNoLimit(DeliveryQuery query)
    {
        if (query.Limit is < 1 or > MostRead)
        {
            throw new ArgumentOutOfRangeException(
                nameof(query),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"From 1 to {MostRead:N0} rows are read at once, not {query.Limit:N0}; read the next page with {nameof(DeliveryQuery.After)}."));
        }
    }
}
