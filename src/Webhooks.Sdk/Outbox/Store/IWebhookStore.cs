using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Keeps events until they are delivered: what the publisher and the dispatcher ask of a database.
/// </summary>
/// <remarks>
/// <para>
/// Every method is one intent for a whole batch, so that a store answers it with one statement or one transaction; what it has returned from is durable.
/// <b>Reading claims nothing</b>: who holds the lease of a bucket is the only one to work on the deliveries of its endpoints, and a finished attempt is
/// committed by comparing <see cref="DueDelivery.Attempt"/>, so whoever lost a lease without knowing changes nothing.
/// </para>
/// <para>
/// The store's clock alone decides what is due, leased or expired; it is read in one place, which tests replace. Times that a caller hands in are lengths
/// (<see cref="DeliveryOutcome.RetryIn"/>) wherever they may be. What must be secret comes sealed. Implementations are thread-safe. Every store passes the
/// same conformance suite.
/// </para>
/// </remarks>
[Experimental("WHKEXP001")]
public interface IWebhookStore
{
    /// <summary>Gets what the store can do.</summary>
    WebhookStoreCapabilities Capabilities { get; }

    /// <summary>Makes the store ready: creates or checks its schema. Called again, it does nothing.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="WebhookStoreException">The store cannot be reached, or its schema is of a newer version.</exception>
    ValueTask OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps a value for ever under a name, unless there is one: how keys are recognised that do not fit what is stored.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="candidate">What to keep when nothing is kept.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What is kept.</returns>
    ValueTask<ReadOnlyMemory<byte>> KeepAsync(string name, ReadOnlyMemory<byte> candidate, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes events, one row each, and wakes whoever waits for work.
    /// </summary>
    /// <param name="events">The events, in their order.</param>
    /// <param name="transaction">The caller's transaction, by which the events are committed or rolled back; null: they are durable on return.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// For each event the one that is stored under its owner and idempotency key: itself, or the first of the key. Of two in one batch the first is stored.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="transaction"/> is not one of this store's database; the message names both.</exception>
    /// <exception cref="WebhookStoreException">The store is full or cannot be reached. Nothing was stored.</exception>
    ValueTask<IReadOnlyList<StoredEvent>> AppendAsync(
        ReadOnlyMemory<StoredEvent> events, DbTransaction? transaction = null, CancellationToken cancellationToken = default);

    /// <summary>Takes leases of buckets that nobody holds, or whose lease has run out.</summary>
    /// <param name="holder">Who asks: a text that no other process uses.</param>
    /// <param name="wanted">The most buckets to take. A store of one process may give all.</param>
    /// <param name="length">How long the leases last.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The leases that were taken; empty when none was free.</returns>
    ValueTask<IReadOnlyList<BucketLease>> AcquireAsync(string holder, int wanted, TimeSpan length, CancellationToken cancellationToken = default);

    /// <summary>Renews every lease that the holder still has. One that has run out is lost, even if nobody took it.</summary>
    /// <param name="holder">Who holds them.</param>
    /// <param name="length">How long they last from now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The leases that are held now.</returns>
    ValueTask<IReadOnlyList<BucketLease>> RenewAsync(string holder, TimeSpan length, CancellationToken cancellationToken = default);

    /// <summary>Gives leases back, so that others need not wait until they run out.</summary>
    /// <param name="holder">Who holds them. Leases of others are left alone.</param>
    /// <param name="buckets">The buckets.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask ReleaseAsync(string holder, ReadOnlyMemory<int> buckets, CancellationToken cancellationToken = default);

    /// <summary>
    /// Counts who is there to hold leases: whoever asked for some or renewed them, with or without getting any, within the length that it asked for, and has
    /// not given all back since. Among so many the buckets are shared.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>1 in a store of one process.</returns>
    ValueTask<int> CountHoldersAsync(CancellationToken cancellationToken = default) => new(1);

    /// <summary>Reads events that have not been fanned out to the end, in the order in which they became visible.</summary>
    /// <param name="limit">The most events to read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<PendingEvent>> ReadPendingAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds the subscriptions that want events: of the owner, with one of the patterns among its event types, active or paused (not disabled).
    /// </summary>
    /// <param name="queries">What is asked, each by itself.</param>
    /// <param name="after">Where the last page ended; <see langword="default"/> for the first.</param>
    /// <param name="limit">The most subscribers to return, over all queries.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Subscribers in the order of query, then endpoint id (ordinal), each once a query. Fewer than <paramref name="limit"/>: there are no more.</returns>
    ValueTask<IReadOnlyList<Subscriber>> ReadSubscribersAsync(
        ReadOnlyMemory<SubscriberQuery> queries, SubscriberCursor after, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds endpoints that are not there yet, and leaves those that are as they are, except for <see cref="StoredEndpoint.Ordered"/>, which is set.
    /// </summary>
    /// <param name="endpoints">The endpoints.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask EnsureEndpointsAsync(ReadOnlyMemory<StoredEndpoint> endpoints, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes deliveries of events, in one transaction and in the order given: a delivery's id is greater than those of all before it. Deliveries to
    /// endpoints with a lane begin in it. An entry whose event is no longer pending at <see cref="FanOut.After"/>, was erased, or whose endpoint is gone,
    /// adds nothing.
    /// </summary>
    /// <remarks>
    /// The events are the first of <see cref="ReadPendingAsync"/>, in its order and without a gap: a store may add nothing for one that comes out of turn.
    /// </remarks>
    /// <param name="batch">What to add.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many deliveries were added.</returns>
    ValueTask<int> FanOutAsync(ReadOnlyMemory<FanOut> batch, CancellationToken cancellationToken = default);

    /// <summary>Reads deliveries outside of lanes that are due, in the order of due time, then id.</summary>
    /// <param name="buckets">The buckets to read.</param>
    /// <param name="after">Where the last reading ended; <see langword="default"/> to begin anew.</param>
    /// <param name="limit">The most deliveries to read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<DueDelivery>> ReadDueAsync(
        ReadOnlyMemory<int> buckets, DueCursor after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Reads which active endpoints have deliveries waiting in a lane of their own, and whether the next one is due.</summary>
    /// <param name="buckets">The buckets to read.</param>
    /// <param name="after">
    /// Leave out lanes without a delivery that has a greater id than this: <see cref="LaneReading.Last"/> of the last reading, or 0 for all lanes.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<LaneReading> ReadLanesAsync(ReadOnlyMemory<int> buckets, long after, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the lanes of active endpoints. Of an ordered endpoint: the deliveries in the order of their ids, due or not. Of others: those that are due, in
    /// the order of due time, then id.
    /// </summary>
    /// <param name="lanes">The lanes, each once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The deliveries, lane after lane in the order asked for.</returns>
    ValueTask<IReadOnlyList<DueDelivery>> ReadInLanesAsync(ReadOnlyMemory<LaneQuery> lanes, CancellationToken cancellationToken = default);

    /// <summary>Gives an endpoint a lane of its own, and moves deliveries of it there, so that they no longer stand in the way of others.</summary>
    /// <param name="endpointId">The endpoint. Deliveries to it begin in its lane from now on.</param>
    /// <param name="deliveries">Ids of deliveries to this endpoint. Others stay where they are.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask MoveToLaneAsync(string endpointId, ReadOnlyMemory<long> deliveries, CancellationToken cancellationToken = default);

    /// <summary>Takes the lane from an endpoint that is not ordered and whose lane is empty.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether the endpoint has no lane now.</returns>
    ValueTask<bool> LeaveLaneAsync(string endpointId, CancellationToken cancellationToken = default);

    /// <summary>Reads events by their keys, in any order. Those that are gone are left out.</summary>
    /// <param name="keys">The keys, each once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(ReadOnlyMemory<Guid> keys, CancellationToken cancellationToken = default);

    /// <summary>Reads endpoints by their ids, in any order. Those that are gone are left out.</summary>
    /// <param name="ids">The ids, each once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<StoredEndpoint>> ReadEndpointsAsync(ReadOnlyMemory<string> ids, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes what came of attempts, in one transaction. An outcome whose <see cref="DeliveryOutcome.Attempt"/> is not the delivery's changes nothing and
    /// records nothing. A delivery that is done leaves the hot table; one that is given up becomes a dead letter.
    /// </summary>
    /// <param name="batch">The outcomes, a delivery at most once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<CommitSummary> CommitAsync(ReadOnlyMemory<DeliveryOutcome> batch, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets whether an endpoint is worked on. Resumed to <see cref="WebhookEndpointState.Active"/>, its failures are forgotten and waiters are woken.
    /// </summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="state">The state.</param>
    /// <param name="cause">Why.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether the state was another one before.</returns>
    ValueTask<bool> SetEndpointStateAsync(
        string endpointId, WebhookEndpointState state, WebhookEndpointStateCause cause, CancellationToken cancellationToken = default);

    /// <summary>Waits until there may be something to do: an event was added, deliveries were made or replayed, an endpoint was resumed.</summary>
    /// <param name="longest">The longest wait. It ends the wait without an exception.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    ValueTask WaitForWorkAsync(TimeSpan longest, CancellationToken cancellationToken = default);
}
