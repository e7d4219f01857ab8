using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Sends events.
/// </summary>
public static class WebhookClientExtensions
{
    /// <summary>
    /// Tells an endpoint of an event, and what came of it.
    /// </summary>
    /// <remarks>
    /// Each attempt has the event's id as <c>webhook-id</c> and its own time as <c>webhook-timestamp</c>, and is signed with the endpoint's secrets of that
    /// moment in <c>webhook-signature</c>; an endpoint without secrets gets no signature.
    /// </remarks>
    /// <param name="webhooks">The client.</param>
    /// <param name="endpoint">The endpoint. One that is registered by name is taken as its options describe it now.</param>
    /// <param name="webhookEvent">The event. The same one may be sent again, and to several endpoints.</param>
    /// <param name="cancellationToken">Ends the send at once, also while it waits to retry.</param>
    /// <returns>
    /// The result. A receiver that refuses, fails, is silent or may not be called is a result too, never an exception.
    /// </returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The endpoint's format needs a source, and neither the event nor the endpoint has one.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static Task<WebhookResult> SendAsync(
        this IWebhookClient webhooks, WebhookEndpoint endpoint, WebhookEvent webhookEvent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        ArgumentNullException.ThrowIfNull(endpoint);

        return webhooks.SendAsync(endpoint.Compose(webhookEvent), cancellationToken);
    }
}
