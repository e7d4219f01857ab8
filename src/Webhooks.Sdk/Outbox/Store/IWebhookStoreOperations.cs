using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// What people ask of a store: subscriptions, reading, replay, deletion. The dispatcher needs none of it but retention.
/// </summary>
/// <remarks>
/// Every store implements both interfaces over the same data. Implementations are thread-safe.
/// </remarks>
[Experimental("WHKEXP001")]
public interface IWebhookStoreOperations
{
    /// <summary>Adds an endpoint.</summary>
    /// <param name="endpoint">The endpoint. What the store sets itself is not looked at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was added: false when there is one of this id.</returns>
    ValueTask<bool> AddEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default);

    /// <summary>Replaces owner, event types, filter, settings and order of an endpoint; its state and deliveries stay.</summary>
    /// <param name="endpoint">The endpoint; its <see cref="StoredEndpoint.Version"/> is the one that was read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was replaced: false when it is gone, or of another version by now.</returns>
    ValueTask<bool> ReplaceEndpointAsync(StoredEndpoint endpoint, CancellationToken cancellationToken = default);

    /// <summary>Removes an endpoint with its deliveries, dead letters and attempts.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether there was one.</returns>
    ValueTask<bool> RemoveEndpointAsync(string endpointId, CancellationToken cancellationToken = default);

    /// <summary>Removes an endpoint of an owner, as <see cref="RemoveEndpointAsync(string, CancellationToken)"/> does.</summary>
    /// <param name="owner">Whose; the statement itself asks for it.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether the owner had one of this id.</returns>
    ValueTask<bool> RemoveEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default);

    /// <summary>Reads an endpoint of an owner.</summary>
    /// <param name="owner">Whose; the statement itself asks for it.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The endpoint, or null when the owner has none of this id.</returns>
    ValueTask<StoredEndpoint?> FindEndpointAsync(string owner, string endpointId, CancellationToken cancellationToken = default);

    /// <summary>Reads endpoints in the order of their ids (ordinal).</summary>
    /// <param name="owner">Whose, or null: everybody's, and those of nobody.</param>
    /// <param name="after">The last id of the page before, or null.</param>
    /// <param name="limit">The most to read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<StoredEndpoint>> ListEndpointsAsync(
        string? owner, string? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Reads deliveries that wait for an attempt, in the order of their ids.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<StoredDelivery>> ReadWaitingAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads deliveries that were given up, in the order of their ids.</summary>
    /// <param name="query">Which ones. <see cref="DeliveryQuery.Since"/> is when they were given up.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<StoredDelivery>> ReadDeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>Reads attempts in the order in which they were recorded.</summary>
    /// <param name="query">Which ones. <see cref="DeliveryQuery.After"/> is a <see cref="RecordedAttempt.Id"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<RecordedAttempt>> ReadAttemptsAsync(DeliveryQuery query, CancellationToken cancellationToken = default);

    /// <summary>
    /// Delivers again: a dead letter or a finished delivery becomes a new delivery at its first attempt, behind those that wait, and counts no failure
    /// against its endpoint; a waiting one becomes due. Its event must still be stored.
    /// </summary>
    /// <param name="deliveries">Ids of deliveries, each once.</param>
    /// <param name="spread">Over how long the due times are spread, from now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many are delivered again.</returns>
    ValueTask<int> ReplayAsync(ReadOnlyMemory<long> deliveries, TimeSpan spread, CancellationToken cancellationToken = default);

    /// <summary>Delivers dead letters again, the oldest first.</summary>
    /// <param name="query">Which ones. <see cref="DeliveryQuery.Since"/> is when they were given up.</param>
    /// <param name="spread">Over how long the due times are spread, from now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many are delivered again; as many as <see cref="DeliveryQuery.Limit"/>: call again.</returns>
    ValueTask<int> ReplayDeadLettersAsync(DeliveryQuery query, TimeSpan spread, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes what is known of an owner or of a subject: events, and with them deliveries, dead letters and attempts; without a subject the owner's
    /// subscriptions, too.
    /// </summary>
    /// <param name="owner">Whose, or null: whoever's, when a subject is given.</param>
    /// <param name="subject">Of what (<see cref="StoredEvent.Subject"/>), or null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many events and subscriptions were deleted.</returns>
    /// <exception cref="ArgumentException">Both are null.</exception>
    ValueTask<int> EraseAsync(string? owner, string? subject, CancellationToken cancellationToken = default);

    /// <summary>Deletes events that are older than their time, with their attempts and dead letters; what waits is never deleted.</summary>
    /// <param name="finishedFor">How old an event may become whose deliveries are all done.</param>
    /// <param name="deadFor">How old one may become that has dead letters.</param>
    /// <param name="limit">The most events to delete.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many events were deleted; as many as <paramref name="limit"/>: call again.</returns>
    ValueTask<int> PurgeAsync(TimeSpan finishedFor, TimeSpan deadFor, int limit, CancellationToken cancellationToken = default);

    /// <summary>Counts what is stored.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<StoreStatistics> ReadStatisticsAsync(CancellationToken cancellationToken = default);
}
