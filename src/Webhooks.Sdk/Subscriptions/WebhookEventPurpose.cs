namespace Webhooks.Sdk;

/// <summary>
/// Says what an event's data is made for.
/// </summary>
public enum WebhookEventPurpose
{
    /// <summary>It is published and delivered.</summary>
    Delivery = 0,

    /// <summary>It shows a subscriber what deliveries will look like. Nothing is delivered.</summary>
    Sample,
}
