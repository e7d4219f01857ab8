using System;

namespace Webhooks.Sdk;

/// <summary>
/// An attempt with what it was made for.
/// </summary>
/// <param name="Id">The place of the attempt among all, rising.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="EventKey">The store's key of the event.</param>
/// <param name="EventId">The id of the event, which receivers know.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Attempt">The attempt.</param>
public readonly record struct RecordedAttempt(
    long Id, long DeliveryId, Guid EventKey, string EventId, string EndpointId, StoredAttempt Attempt);
