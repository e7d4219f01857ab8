using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>An event as the <see cref="Ledger"/> knows it.</summary>
internal sealed class EventEntry(StoredEvent stored, DateTimeOffset createdAt, long appendedAt)
{
    public StoredEvent Stored { get; } = stored;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Gets the number of the change by which it was stored.</summary>
    public long AppendedAt { get; } = appendedAt;

    public string? FannedOutTo { get; set; }

    public bool IsPending { get; set; } = true;

    /// <summary>Gets or sets since when it is erased or purged; null: it is stored.</summary>
    public TimeSpan? GoneAt { get; set; }

    public List<DeliveryEntry> Deliveries { get; } = [];
}
