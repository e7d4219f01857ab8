using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

internal sealed class WebhookSubscriptions(IWebhookStore store, IWebhookStoreOperations operations, OutboxOpening opening, IWebhookSealer sealer)
    : IWebhookSubscriptions
{
    private const int MostRead = 1000;

    public async Task AddAsync(WebhookSubscription subscription, CancellationToken cancellationToken = default)
    {
        if (!await TryAddAsync(subscription, cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException($"There is a subscription or an endpoint with the id {subscription.Id}. Replace it, or use a fresh id: WebhookSubscription.NewId().");
        }
    }

    public async Task<bool> TryAddAsync(WebhookSubscription subscription, CancellationToken cancellationToken = default)
    {
        StoredEndpoint stored = ToStored(subscription);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await operations.AddEndpointAsync(stored, cancellationToken).ConfigureAwait(false);
    }

    public async Task<WebhookSubscription?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        await ReadAsync(id, cancellationToken).ConfigureAwait(false) is { } stored ? ToSubscription(stored) : null;

    public async Task<WebhookSubscription?> FindAsync(string owner, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(id);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        StoredEndpoint? found = await operations.FindEndpointAsync(owner, id, cancellationToken).ConfigureAwait(false);
        return found is not null && IsSubscription(found) ? ToSubscription(found) : null;
    }

    public async Task<IReadOnlyList<WebhookSubscription>> ListAsync(
        string? owner, string? after = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MostRead);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        var found = new List<WebhookSubscription>();

        // Endpoints that are registered by name lie among them.
        while (await operations.ListEndpointsAsync(owner, after, limit, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            found.AddRange(page.Where(IsSubscription).Take(limit - found.Count).Select(ToSubscription));
            after = page[^1].Id;

            if (found.Count == limit || page.Count < limit)
            {
                break;
            }
        }

        return found;
    }

    public async Task<bool> ReplaceAsync(WebhookSubscription subscription, CancellationToken cancellationToken = default)
    {
        StoredEndpoint stored = ToStored(subscription);

        // A change of the endpoint's state counts its version up, too; then the next try succeeds.
        while (await ReadAsync(subscription.Id, cancellationToken).ConfigureAwait(false) is { } current)
        {
            if (await operations.ReplaceEndpointAsync(stored with { Version = current.Version }, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken = default) =>
        await ReadAsync(id, cancellationToken).ConfigureAwait(false) is not null
        && await operations.RemoveEndpointAsync(id, cancellationToken).ConfigureAwait(false);

    public async Task<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(id);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        return await operations.RemoveEndpointAsync(owner, id, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsSubscription(StoredEndpoint stored) => stored.EventTypes.Count > 0;

    private async Task<StoredEndpoint?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<StoredEndpoint> found = await store.ReadEndpointsAsync(new[] { id }, cancellationToken).ConfigureAwait(false);
        return found is [var stored] && IsSubscription(stored) ? stored : null;
    }

    private StoredEndpoint ToStored(WebhookSubscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);

        return new StoredEndpoint
        {
            Id = subscription.Id,
            Owner = subscription.Owner,
            EventTypes = subscription.EventTypes,
            Filter = subscription.Filter,
            SealedSettings = sealer.Seal(StoredSettings.Write(subscription.Endpoint, nameof(subscription)), StoredSettings.Purpose(subscription.Id)),
            Ordered = subscription.Endpoint.Ordered,
        };
    }

    private WebhookSubscription ToSubscription(StoredEndpoint stored) => new()
    {
        Id = stored.Id,
        Owner = stored.Owner,
        EventTypes = stored.EventTypes,
        Filter = stored.Filter,
        State = stored.State,
        CreatedAt = stored.CreatedAt,
        Endpoint = sealer.TryUnseal(stored.SealedSettings.Span, StoredSettings.Purpose(stored.Id), out byte[]? settings)
            ? StoredSettings.Read(settings, stored.Id)
            : throw new InvalidOperationException($"The endpoint of {stored.Id} cannot be unsealed with the keys of now; configure the key that it was sealed under."),
    };
}
