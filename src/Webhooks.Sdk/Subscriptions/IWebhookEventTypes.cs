using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// The catalog of event types that are registered with <c>AddEventType</c>.
/// </summary>
/// <remarks>
/// Registered by <c>AddWebhooks()</c> as a singleton. Thread-safe.
/// </remarks>
public interface IWebhookEventTypes
{
    /// <summary>Gets the event types in the order of their registration.</summary>
    IReadOnlyList<WebhookEventType> All { get; }

    /// <summary>Makes sample events of a type by its source: what a subscriber's deliveries will look like.</summary>
    /// <param name="eventType">The name of the type.</param>
    /// <param name="count">The most samples: from 1 to 100.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Events that were not published. The predicate has let them pass.</returns>
    /// <exception cref="ArgumentException">No event type is registered by this name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is outside its range.</exception>
    /// <exception cref="InvalidOperationException">The type has no source.</exception>
    Task<IReadOnlyList<WebhookEvent>> ReadSamplesAsync(string eventType, int count, CancellationToken cancellationToken = default);
}
