using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// Says what becomes of a delivery.
/// </summary>
[Experimental("WHKEXP001")]
public enum DeliveryOutcomeKind
{
    /// <summary>It was delivered and is done.</summary>
    Delivered = 0,

    /// <summary>It is tried again.</summary>
    Retry,

    /// <summary>It is given up: a dead letter.</summary>
    DeadLettered,
}
