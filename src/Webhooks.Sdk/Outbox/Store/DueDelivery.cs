using System;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// A delivery that waits for its next attempt.
/// </summary>
[Experimental("WHKEXP001")]
public readonly record struct DueDelivery
{
    /// <summary>Gets the id of the delivery: from 1, rising in the order of fan-out.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the event.</summary>
    public required Guid EventKey { get; init; }

    /// <summary>Gets the endpoint.</summary>
    public required string EndpointId { get; init; }

    /// <summary>Gets the version of the endpoint, by which a remembered one is known to be still right.</summary>
    public required long EndpointVersion { get; init; }

    /// <summary>Gets how many attempts were made: what <see cref="DeliveryOutcome.Attempt"/> is compared with.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets when it is due.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Gets whether it is due now, by the store's clock. False only in the lane of an ordered endpoint.</summary>
    public required bool IsDue { get; init; }

    /// <summary>Gets whether the event has expired, by the store's clock.</summary>
    public bool IsExpired { get; init; }

    /// <summary>Gets whether failures count against the health of the endpoint. Those of replays and test events do not.</summary>
    public bool CountsForHealth { get; init; }

    /// <summary>Gets whether the delivery has left the order of its ordered endpoint, and is retried outside of the lane.</summary>
    public bool IsSetAside { get; init; }

    /// <summary>Gets the place of the delivery in what was read.</summary>
    public DueCursor Cursor => new(DueAt, Id);
}
