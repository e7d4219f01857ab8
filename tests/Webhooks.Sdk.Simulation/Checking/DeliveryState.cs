namespace Webhooks.Sdk.Simulation.Checking;

/// <summary>Where a delivery is.</summary>
internal enum DeliveryState
{
    /// <summary>It waits for its next attempt.</summary>
    Waiting = 0,

    /// <summary>It was delivered.</summary>
    Delivered,

    /// <summary>It is a dead letter.</summary>
    Dead,

    /// <summary>It was a dead letter, and another delivery took its place.</summary>
    Replayed,

    /// <summary>It was removed with its endpoint, or erased or purged with its event.</summary>
    Removed,
}
