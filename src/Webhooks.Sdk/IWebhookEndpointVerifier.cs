using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Asks a receiver whether it wants to be called, before events are sent to it.
/// </summary>
/// <remarks>
/// Registered by <c>AddWebhooks()</c> as a singleton. Thread-safe. Nothing is verified unless it is asked for.
/// </remarks>
public interface IWebhookEndpointVerifier
{
    /// <summary>
    /// Makes one attempt to shake hands with the endpoint's receiver: under the same address guard, deadline, limits, credential and signature as any other.
    /// </summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="handshake">How the receiver is asked.</param>
    /// <param name="cancellationToken">Ends the attempt at once.</param>
    /// <returns>Whether the receiver has consented. One that refuses, fails or is silent is a result too, never an exception.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> or <paramref name="handshake"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<WebhookHandshakeResult> VerifyAsync(WebhookEndpoint endpoint, WebhookHandshake handshake, CancellationToken cancellationToken = default);
}
