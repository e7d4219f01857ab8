using System;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// An event as it is stored: one row, whatever number of endpoints it goes to. Instances are immutable.
/// </summary>
[Experimental("WHKEXP001")]
public sealed record StoredEvent
{
    /// <summary>Gets the store's own key: a UUID of version 7, so that rows lie in the order of time.</summary>
    public required Guid Key { get; init; }

    /// <summary>Gets the id by which receivers recognise the event.</summary>
    public required string Id { get; init; }

    /// <summary>Gets whose event it is, or null: every subscription of its type gets it.</summary>
    public string? Owner { get; init; }

    /// <summary>Gets what kind of thing happened; empty for an enqueued request.</summary>
    public required string Type { get; init; }

    /// <summary>Gets when it happened, in UTC. Stores keep it exactly, to 100 nanoseconds.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Gets what it happened to, or null.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets where it happened, or null.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the data: JSON in UTF-8. Empty for an enqueued request.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Gets the whole request, sealed. Empty for an event.</summary>
    public ReadOnlyMemory<byte> SealedRequest { get; init; }

    /// <summary>Gets the only endpoint it goes to, or null: the subscriptions that want it.</summary>
    public string? EndpointId { get; init; }

    /// <summary>Gets what makes it one with an earlier event of the same owner.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Gets the time before which it is not sent, or null.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Gets the time from which on it is no longer sent, or null.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Gets whether failures to deliver it count against the health of its endpoints. Test events do not.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool CountsForHealth { get; init; } = true;

    /// <summary>Gets the trace it was published in (W3C Trace Context, <c>traceparent</c>), or null.</summary>
    public string? TraceParent { get; init; }
}
