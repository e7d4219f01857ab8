using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// The subscriptions: who wants which events, and where.
/// </summary>
/// <remarks>
/// Registered by <c>AddWebhooks()</c> as a singleton. Thread-safe. Secrets and credentials are stored sealed. A change is seen by the next attempt.
/// </remarks>
public interface IWebhookSubscriptions
{
    /// <summary>Adds a subscription. It gets events that are fanned out from now on.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="subscription"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// Its endpoint is registered by name or holds what cannot be stored: code, or a client certificate (<see cref="WebhookSubscription.Endpoint"/>). The message
    /// says what to do instead.
    /// </exception>
    /// <exception cref="InvalidOperationException">There is a subscription or an endpoint of this id.</exception>
    Task AddAsync(WebhookSubscription subscription, CancellationToken cancellationToken = default);

    /// <summary>Adds a subscription unless there is one of its id: of two callers who add the same at once, one does.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was added: false when there is a subscription or an endpoint of this id.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="subscription"/> is null.</exception>
    /// <exception cref="ArgumentException">Its endpoint is registered by name or holds what cannot be stored (<see cref="WebhookSubscription.Endpoint"/>).</exception>
    Task<bool> TryAddAsync(WebhookSubscription subscription, CancellationToken cancellationToken = default);

    /// <summary>Finds a subscription.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The subscription, or null when there is none.</returns>
    /// <exception cref="InvalidOperationException">Its endpoint cannot be unsealed with the keys of now.</exception>
    Task<WebhookSubscription?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Finds a subscription of an owner: nobody sees another's, whatever id they ask for.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The subscription, or null when the owner has none of this id.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="owner"/> or <paramref name="id"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Its endpoint cannot be unsealed with the keys of now.</exception>
    Task<WebhookSubscription?> FindAsync(string owner, string id, CancellationToken cancellationToken = default);

    /// <summary>Reads subscriptions in the order of their ids.</summary>
    /// <param name="owner">Whose, or null: everybody's.</param>
    /// <param name="after">The last id of the page before, or null.</param>
    /// <param name="limit">The most subscriptions to read: from 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="InvalidOperationException">One of the endpoints cannot be unsealed with the keys of now.</exception>
    Task<IReadOnlyList<WebhookSubscription>> ListAsync(
        string? owner, string? after = null, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Puts a subscription in the place of the one with its id; the deliveries that wait stay.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="subscription"/> is null.</exception>
    /// <exception cref="ArgumentException">Its endpoint is registered by name or holds what cannot be stored (<see cref="WebhookSubscription.Endpoint"/>).</exception>
    Task<bool> ReplaceAsync(WebhookSubscription subscription, CancellationToken cancellationToken = default);

    /// <summary>Removes a subscription, and with it its deliveries.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether there was one.</returns>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Removes a subscription of an owner, and with it its deliveries; nobody removes another's.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether the owner had one of this id.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="owner"/> or <paramref name="id"/> is null.</exception>
    Task<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken = default);
}
