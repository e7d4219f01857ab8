using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// What becomes of events: reads deliveries, and delivers again.
/// </summary>
/// <remarks>
/// <para>
/// Registered by <c>AddWebhooks()</c> as a singleton. Thread-safe. A replay is signed anew, begins at its first attempt, and its failures do not count against
/// the endpoint.
/// </para>
/// <para>
/// Each method throws <see cref="InvalidOperationException"/> when the keys of now do not fit what is stored, and <see cref="WebhookStoreException"/> when the
/// store cannot be reached.
/// </para>
/// </remarks>
public interface IWebhookDeliveries
{
    /// <summary>Reads deliveries that wait for an attempt.</summary>
    /// <param name="query">Which ones, and how many: <see cref="DeliveryQuery.Limit"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The deliveries; <see cref="StoredDelivery.At"/> is when the next attempt is due.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="DeliveryQuery.Limit"/> is not from 1 to 10,000.</exception>
    Task<IReadOnlyList<StoredDelivery>> ReadWaitingAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads deliveries that were given up.</summary>
    /// <param name="query">Which ones, and how many: <see cref="DeliveryQuery.Limit"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The dead letters; <see cref="StoredDelivery.At"/> is when they were given up.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="DeliveryQuery.Limit"/> is not from 1 to 10,000.</exception>
    Task<IReadOnlyList<StoredDelivery>> ReadDeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads attempts, the oldest first.</summary>
    /// <param name="query">Which ones, and how many: <see cref="DeliveryQuery.Limit"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The attempts. What had no turn is none: an endpoint's limits and circuit breaker leave no attempt behind.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="DeliveryQuery.Limit"/> is not from 1 to 10,000.</exception>
    Task<IReadOnlyList<RecordedAttempt>> ReadAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Delivers again: dead letters and finished deliveries anew, waiting ones now.</summary>
    /// <param name="deliveries">Ids of deliveries.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many are delivered again.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="deliveries"/> is null.</exception>
    Task<int> ReplayAsync(IEnumerable<long> deliveries, CancellationToken cancellationToken = default);

    /// <summary>Delivers dead letters again: all that the query fits, whatever its limit.</summary>
    /// <param name="query">Which ones; <see cref="DeliveryQuery.Since"/> is when they were given up.</param>
    /// <param name="spread">Over how long they are spread, so that a receiver that has come back is not overrun. Zero: all at once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many are delivered again.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="spread"/> is negative.</exception>
    Task<int> ReplayDeadLettersAsync(DeliveryQuery query, TimeSpan spread, CancellationToken cancellationToken = default);

    /// <summary>Sends an event to one endpoint, whatever it has subscribed to, by the way that every delivery goes. Failures do not count against it.</summary>
    /// <param name="endpointId">The id of the subscription, or the name of the endpoint.</param>
    /// <param name="webhookEvent">The event.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="endpointId"/> is empty.</exception>
    Task SendTestAsync(string endpointId, WebhookEvent webhookEvent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes what is known of an owner or of a subject: events with their deliveries and attempts, and without a subject the owner's subscriptions.
    /// </summary>
    /// <param name="owner">Whose, or null: whoever's, when a subject is given.</param>
    /// <param name="subject">Of what (<see cref="WebhookEvent.Subject"/>), or null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many events and subscriptions were deleted.</returns>
    /// <exception cref="ArgumentException">Both are null.</exception>
    Task<int> EraseAsync(string? owner, string? subject, CancellationToken cancellationToken = default);
}
