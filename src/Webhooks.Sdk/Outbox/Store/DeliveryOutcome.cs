using System;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// What came of a delivery that was worked on.
/// </summary>
[Experimental("WHKEXP001")]
public readonly record struct DeliveryOutcome
{
    /// <summary>Gets the delivery.</summary>
    public required long DeliveryId { get; init; }

    /// <summary>Gets how many attempts the delivery had when it was read. Another number in the store: somebody else went on with it.</summary>
    public required int Attempt { get; init; }

    /// <summary>Gets what becomes of the delivery.</summary>
    public required DeliveryOutcomeKind Kind { get; init; }

    /// <summary>Gets the attempt that was made, or null: none, and the delivery's count of attempts stays.</summary>
    public StoredAttempt? Made { get; init; }

    /// <summary>Gets when the next attempt is due, counted from the commit on the store's clock.</summary>
    public TimeSpan RetryIn { get; init; }

    /// <summary>Gets why the delivery was given up.</summary>
    public DeadLetterReason Reason { get; init; }

    /// <summary>Gets whether the delivery leaves the order of its endpoint: its retries happen outside of the lane, and the next one may go.</summary>
    public bool SetAside { get; init; }

    /// <summary>Gets whether a failed attempt counts against the health of the endpoint. A success always counts for it.</summary>
    public bool CountsForHealth { get; init; }
}
