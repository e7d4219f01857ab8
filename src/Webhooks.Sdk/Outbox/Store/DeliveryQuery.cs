using System;

namespace Webhooks.Sdk;

/// <summary>
/// Asks for deliveries or attempts; what is not set is not asked.
/// </summary>
public readonly record struct DeliveryQuery
{
    /// <summary>Makes a query for the first 100.</summary>
    public DeliveryQuery()
    {
    }

    /// <summary>Gets whose events.</summary>
    public string? Owner { get; init; }

    /// <summary>Gets to which endpoint.</summary>
    public string? EndpointId { get; init; }

    /// <summary>Gets of which event, by the id that receivers know.</summary>
    public string? EventId { get; init; }

    /// <summary>Gets which delivery.</summary>
    public long? DeliveryId { get; init; }

    /// <summary>Gets from which time on.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Gets the last id of the page before.</summary>
    public long After { get; init; }

    /// <summary>Gets the most rows to read.</summary>
    /// <value>The default value is 100. From 1 to 10,000, where an operator asks.</value>
    public int Limit { get; init; } = 100;
}
