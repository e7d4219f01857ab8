using Webhooks.Sdk.Simulation.Acting;
using Webhooks.Sdk.Simulation.Checking;

namespace Webhooks.Sdk.Simulation.Network;

/// <summary>One request, from its first byte on the wire until its sender has the answer or gives it up.</summary>
/// <param name="Sender">Who sends it.</param>
/// <param name="EndpointId">To which endpoint.</param>
/// <param name="EventId">What it tells of.</param>
/// <param name="Delivery">The delivery that waits for it; null: nothing waits for it any more.</param>
internal sealed record Call(Actor Sender, string EndpointId, string EventId, DeliveryEntry? Delivery);
