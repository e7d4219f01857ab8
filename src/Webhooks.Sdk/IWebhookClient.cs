using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Sends webhooks: one request, now, with retries that do no harm.
/// </summary>
/// <remarks>
/// Registered by <c>AddWebhooks()</c> as a singleton. Thread-safe.
/// </remarks>
public interface IWebhookClient
{
    /// <summary>
    /// Sends <paramref name="request"/> and tells what came of it.
    /// </summary>
    /// <param name="request">The request to send. The same one may be sent again, and by several threads.</param>
    /// <param name="cancellationToken">Ends the send at once, also while it waits to retry.</param>
    /// <returns>
    /// The result. A receiver that refuses, fails, is silent or may not be called is a result too, never an exception.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<WebhookResult> SendAsync(WebhookRequest request, CancellationToken cancellationToken = default);
}
