using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// Deliveries to make of one event.
/// </summary>
[Experimental("WHKEXP001")]
public readonly record struct FanOut
{
    /// <summary>Gets the event.</summary>
    public required Guid EventKey { get; init; }

    /// <summary>Gets how far the event had been fanned out when this was decided: its <see cref="PendingEvent.FannedOutTo"/>.</summary>
    public string? After { get; init; }

    /// <summary>Gets the endpoints, a delivery each.</summary>
    public required IReadOnlyList<string> EndpointIds { get; init; }

    /// <summary>Gets how far the event is fanned out with this; null: to the end, and it is pending no more.</summary>
    public string? Until { get; init; }
}
