using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

internal sealed class WebhookEndpointControl(
    IWebhookStore store, IWebhookStoreOperations operations, OutboxOpening opening, IWebhookSealer sealer, IWebhookEndpoints endpoints)
    : IWebhookEndpointControl
{
    public Task<bool> PauseAsync(string endpointId, CancellationToken cancellationToken = default) =>
        SetStateAsync(endpointId, WebhookEndpointState.Paused, WebhookEndpointStateCause.Asked, cancellationToken);

    public Task<bool> ResumeAsync(string endpointId, CancellationToken cancellationToken = default) =>
        SetStateAsync(endpointId, WebhookEndpointState.Active, WebhookEndpointStateCause.None, cancellationToken);

    public async Task<WebhookEndpointState> GetStateAsync(string endpointId, CancellationToken cancellationToken = default) =>
        await ReadAsync(endpointId, cancellationToken).ConfigureAwait(false) is { } stored ? stored.State : WebhookEndpointState.Active;

    public Task<bool> RotateSecretAsync(string subscriptionId, WebhookSecret secret, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return ChangeSecretsAsync(subscriptionId, secrets => [secret, .. secrets.Where(old => old != secret)], cancellationToken);
    }

    public Task<bool> RetireSecretsAsync(string subscriptionId, CancellationToken cancellationToken = default) =>
        ChangeSecretsAsync(subscriptionId, static secrets => [.. secrets.Take(1)], cancellationToken);

    private async Task<bool> SetStateAsync(
        string endpointId, WebhookEndpointState state, WebhookEndpointStateCause cause, CancellationToken cancellationToken)
    {
        if (await ReadAsync(endpointId, cancellationToken).ConfigureAwait(false) is null && TryFind(endpointId) is { } named)
        {
            // A registered endpoint has a row only since its first delivery.
            await store.EnsureEndpointsAsync(new[] { new StoredEndpoint { Id = endpointId, Ordered = named.Ordered } }, cancellationToken).ConfigureAwait(false);
        }

        return await store.SetEndpointStateAsync(endpointId, state, cause, cancellationToken).ConfigureAwait(false);
    }

    private WebhookEndpoint? TryFind(string name)
    {
        try
        {
            return endpoints.Get(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private async Task<StoredEndpoint?> ReadAsync(string endpointId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<StoredEndpoint> found = await store.ReadEndpointsAsync(new[] { endpointId }, cancellationToken).ConfigureAwait(false);
        return found is [var stored] ? stored : null;
    }

    private async Task<bool> ChangeSecretsAsync(
        string id, Func<IReadOnlyList<WebhookSecret>, IReadOnlyList<WebhookSecret>> change, CancellationToken cancellationToken)
    {
        while (await ReadAsync(id, cancellationToken).ConfigureAwait(false) is { SealedSettings.IsEmpty: false } stored)
        {
            if (!sealer.TryUnseal(stored.SealedSettings.Span, StoredSettings.Purpose(id), out byte[]? settings))
            {
                throw new InvalidOperationException($"The endpoint of {id} cannot be unsealed with the keys of now; configure the key that it was sealed under.");
            }

            byte[] changed = StoredSettings.WithSecrets(settings, id, change(StoredSettings.Read(settings, id).Secrets));

            // Whoever changed the row in between has won; the next try begins with what they wrote.
            if (await operations.ReplaceEndpointAsync(
                stored with { SealedSettings = sealer.Seal(changed, StoredSettings.Purpose(id)) }, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }
}
