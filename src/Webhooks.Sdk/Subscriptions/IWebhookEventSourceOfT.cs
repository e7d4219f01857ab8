using System.Collections.Generic;
using System.Threading;

namespace Webhooks.Sdk;

/// <summary>
/// Makes the data of an event type, for deliveries and samples alike, so that a sample is what a delivery will be.
/// </summary>
/// <typeparam name="T">The type of the data.</typeparam>
/// <remarks>
/// Register it with <c>AddEventType(type, type =&gt; type.WithSource&lt;TSource&gt;())</c>. It comes from a service scope of its own for each reading.
/// </remarks>
public interface IWebhookEventSource<out T>
{
    /// <summary>Reads data.</summary>
    /// <param name="context">
    /// What for. For a delivery: the one record of <see cref="WebhookEventContext.RecordId"/>, or nothing when there is no such record. For samples: some
    /// records, the most recent first; as many as are wanted are taken.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<T> ReadAsync(WebhookEventContext context, CancellationToken cancellationToken = default);
}
