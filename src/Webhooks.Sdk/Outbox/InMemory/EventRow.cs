using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Outbox;

/// <summary>An event in memory, with what hangs on it.</summary>
internal sealed class EventRow(StoredEvent stored, DateTimeOffset createdAt, long order)
{
    private const int RowSize = 160;

    public StoredEvent Stored { get; } = stored;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>Gets the place among all events: the order in which they are fanned out.</summary>
    public long Order { get; } = order;

    public bool IsPending { get; set; } = true;

    public string? FannedOutTo { get; set; }

    public Dictionary<long, DeliveryRow> Waiting { get; } = [];

    public Dictionary<long, DeadLetterRow> Dead { get; } = [];

    public List<RecordedAttempt> Attempts { get; } = [];

    public bool IsFinished => !IsPending && Waiting.Count == 0;

    /// <summary>Gets about how much memory the event takes.</summary>
    public long Size => RowSize * (4L + Waiting.Count + Dead.Count + Attempts.Count) + Stored.Data.Length + Stored.SealedRequest.Length;
}
