namespace Webhooks.Sdk.Outbox;

/// <summary>A lane that has something to do.</summary>
internal sealed class KnownLane(string endpointId, bool ordered, DueCursor start)
{
    public string EndpointId { get; } = endpointId;

    public bool Ordered { get; } = ordered;

    /// <summary>Gets or sets behind which it is read: nothing waits at or before it, unless it was committed late.</summary>
    public DueCursor Start { get; set; } = start;

    /// <summary>Gets or sets until when nothing is expected to be due.</summary>
    public long RestsUntil { get; set; }
}
