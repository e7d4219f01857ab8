using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// An endpoint as it is stored: of a subscription, or one that is registered by name. Instances are immutable.
/// </summary>
[Experimental("WHKEXP001")]
public sealed record StoredEndpoint
{
    /// <summary>Gets the id: that of the subscription, or the registered name.</summary>
    public required string Id { get; init; }

    /// <summary>Gets whose subscription it is, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Gets what the subscription wants: event types and patterns (<c>customer.*</c>, <c>*</c>). Empty for an endpoint that is registered by name.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>Gets the subscription's filter: a JSON object in UTF-8. Empty: everything of its types.</summary>
    public ReadOnlyMemory<byte> Filter { get; init; }

    /// <summary>Gets URL, secrets, credential and the rest, sealed. Empty for an endpoint that is registered by name: those are the registration's.</summary>
    public ReadOnlyMemory<byte> SealedSettings { get; init; }

    /// <summary>Gets whether deliveries never overtake each other; such an endpoint has a lane for good.</summary>
    public bool Ordered { get; init; }

    /// <summary>Gets whether deliveries begin in a lane of the endpoint's own. Set by the store.</summary>
    public bool HasLane { get; init; }

    /// <summary>Gets whether the endpoint is worked on.</summary>
    public WebhookEndpointState State { get; init; }

    /// <summary>Gets why it is in its state.</summary>
    public WebhookEndpointStateCause StateCause { get; init; }

    /// <summary>Gets how many attempts have failed since the last that did not. Set by the store.</summary>
    public int Failures { get; init; }

    /// <summary>Gets when the first of those failed, or null. Set by the store.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>
    /// Gets a number that rises with every change of the row but those of its failures. Set by the store: it goes on where a removed endpoint of the same id
    /// ended, so that the new one is never taken for it.
    /// </summary>
    public long Version { get; init; }

    /// <summary>Gets when the endpoint was added. Set by the store.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
