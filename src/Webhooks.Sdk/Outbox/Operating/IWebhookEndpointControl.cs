using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Stops and starts the deliveries to an endpoint, and changes its secret: of a subscription, or of an endpoint that is registered by name.
/// </summary>
/// <remarks>
/// <para>
/// Registered by <c>AddWebhooks()</c> as a singleton. Thread-safe. A change is seen by every dispatcher within a second.
/// </para>
/// <para>
/// Each method throws <see cref="InvalidOperationException"/> when the keys of now do not fit what is stored, and <see cref="WebhookStoreException"/> when the
/// store cannot be reached.
/// </para>
/// </remarks>
public interface IWebhookEndpointControl
{
    /// <summary>Lets deliveries wait until the endpoint is resumed. What is under way ends.</summary>
    /// <param name="endpointId">The id of the subscription, or the name of the endpoint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was not paused before; false too when there is no such endpoint.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointId"/> is null or empty.</exception>
    Task<bool> PauseAsync(string endpointId, CancellationToken cancellationToken = default);

    /// <summary>Goes on delivering to an endpoint that was paused or disabled. What waits is due.</summary>
    /// <param name="endpointId">The id of the subscription, or the name of the endpoint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was paused or disabled.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointId"/> is null or empty.</exception>
    Task<bool> ResumeAsync(string endpointId, CancellationToken cancellationToken = default);

    /// <summary>Tells whether deliveries to an endpoint are made and sent.</summary>
    /// <param name="endpointId">The id of the subscription, or the name of the endpoint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The state; <see cref="WebhookEndpointState.Active"/> too when there is no such endpoint.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointId"/> is null or empty.</exception>
    Task<WebhookEndpointState> GetStateAsync(string endpointId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Signs deliveries to a subscription with a new secret, and with the old ones too, so that its receiver can change over in its own time. Call
    /// <see cref="RetireSecretsAsync"/> when it has.
    /// </summary>
    /// <param name="subscriptionId">The id of the subscription.</param>
    /// <param name="secret">The new secret.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether there is such a subscription.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="secret"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="subscriptionId"/> is null or empty, or the subscription has 10 secrets already.</exception>
    /// <exception cref="InvalidOperationException">The subscription's endpoint cannot be unsealed with the keys of now.</exception>
    Task<bool> RotateSecretAsync(string subscriptionId, WebhookSecret secret, CancellationToken cancellationToken = default);

    /// <summary>Signs deliveries to a subscription with its newest secret only.</summary>
    /// <param name="subscriptionId">The id of the subscription.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether there is such a subscription.</returns>
    /// <exception cref="ArgumentException"><paramref name="subscriptionId"/> is null or empty.</exception>
    /// <exception cref="InvalidOperationException">The subscription's endpoint cannot be unsealed with the keys of now.</exception>
    Task<bool> RetireSecretsAsync(string subscriptionId, CancellationToken cancellationToken = default);
}
