namespace Webhooks.Sdk;

/// <summary>
/// Says whether an endpoint is worked on.
/// </summary>
public enum WebhookEndpointState
{
    /// <summary>Deliveries are made and sent.</summary>
    Active = 0,

    /// <summary>Deliveries are made and wait.</summary>
    Paused,

    /// <summary>No new deliveries are made, and those that wait go on waiting.</summary>
    Disabled,
}
