using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Takes finished requests to send them later, durably.
/// </summary>
/// <remarks>
/// Registered by <c>AddWebhooks()</c> as a singleton. Thread-safe.
/// </remarks>
public interface IWebhookOutbox
{
    /// <summary>
    /// Stores a request, sealed, to send it as soon as may be, and again by the schedule of its endpoint. Enqueued twice, it is sent twice:
    /// <see cref="WebhookRequest.Id"/> is the receiver's business.
    /// </summary>
    /// <param name="request">
    /// A request whose endpoint is registered by name: the name is stored, so that secrets, credential, trust and rules are those of the moment of each attempt.
    /// </param>
    /// <param name="cancellationToken">Ends the call. The request may be stored all the same.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="ArgumentException">The request has no endpoint, or one without a name; the message says how to register it.</exception>
    /// <exception cref="WebhookStoreException">The store is full or cannot be reached. Nothing was stored.</exception>
    Task EnqueueAsync(WebhookRequest request, CancellationToken cancellationToken = default);
}
