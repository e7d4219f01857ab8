using System;

namespace Webhooks.Sdk;

/// <summary>
/// A delivery as people see it: one that waits, or a dead letter. Instances are immutable.
/// </summary>
public sealed record StoredDelivery
{
    /// <summary>Gets the id of the delivery.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the store's key of the event.</summary>
    public required Guid EventKey { get; init; }

    /// <summary>Gets the id of the event, which receivers know.</summary>
    public required string EventId { get; init; }

    /// <summary>Gets the type of the event; empty for an enqueued request.</summary>
    public required string EventType { get; init; }

    /// <summary>Gets whose event it is, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Gets the endpoint.</summary>
    public required string EndpointId { get; init; }

    /// <summary>Gets how many attempts were made.</summary>
    public required int Attempts { get; init; }

    /// <summary>Gets when the next attempt is due; of a dead letter when it was given up.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets why it was given up; <see cref="DeadLetterReason.None"/> while it waits.</summary>
    public DeadLetterReason Reason { get; init; }

    /// <summary>Gets whether it waits in a lane of its endpoint.</summary>
    public bool IsInLane { get; init; }
}
