using System.Collections.Generic;
using Webhooks.Sdk.Simulation.Acting;

namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>A delivery as the <see cref="Ledger"/> knows it.</summary>
internal sealed class DeliveryEntry(long id, EventEntry webhookEvent, EndpointEntry endpoint, long madeAt)
{
    public long Id { get; } = id;

    public EventEntry Event { get; } = webhookEvent;

    public EndpointEntry Endpoint { get; } = endpoint;

    /// <summary>Gets or sets whether an operator asked for it, so that neither its age nor its order is the event's.</summary>
    public bool IsReplay { get; set; }

    /// <summary>Gets whether it is in an order with the others of its endpoint: made since that is ordered, and not set aside.</summary>
    public bool IsInOrder => madeAt > Endpoint.OrderedAt && !IsSetAside;

    public DeliveryState State { get; set; }

    public DeadLetterReason Reason { get; set; }

    /// <summary>Gets or sets how many attempts are recorded.</summary>
    public int Attempts { get; set; }

    /// <summary>Gets or sets how many rows of attempts were found.</summary>
    public int Rows { get; set; }

    /// <summary>Gets or sets whether it has left the order of its endpoint.</summary>
    public bool IsSetAside { get; set; }

    /// <summary>Gets or sets who committed that it is done, or null.</summary>
    public Actor? SettledBy { get; set; }

    /// <summary>Gets who has had an answer that settles it, or that sets it aside: they may go on to the next before this is committed.</summary>
    public HashSet<Actor> KnownSettledTo { get; } = [];

    public override string ToString() => $"{Id}:{Event.Stored.Id}>{Endpoint.Id}";
}
