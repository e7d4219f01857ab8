using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Publishes events to whoever has subscribed to them, durably: once it returns, the event is delivered, by whatever process, for days if need be.
/// </summary>
/// <remarks>
/// Registered by <c>AddWebhooks()</c> as a singleton. Thread-safe. Deliveries are made and sent by <see cref="WebhookDispatcher"/>.
/// </remarks>
public interface IWebhookPublisher
{
    /// <summary>Publishes: one row is written, however many subscribers there are.</summary>
    /// <param name="publication">What, for whom and when.</param>
    /// <param name="cancellationToken">Ends the publishing. It may have happened all the same.</param>
    /// <returns>
    /// The event; null when the predicate of the type said no, or the source found no record; the first event when the idempotency key is one that is
    /// known.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="publication"/> is null.</exception>
    /// <exception cref="ArgumentException">The transaction is not one of the store's database.</exception>
    /// <exception cref="InvalidOperationException">The event type is not registered, but others are; or it has no source.</exception>
    /// <exception cref="WebhookStoreException">The store is full or cannot be reached. Nothing was published.</exception>
    Task<WebhookEvent?> PublishAsync(WebhookPublication publication, CancellationToken cancellationToken = default);
}
