namespace Webhooks.Sdk;

/// <summary>
/// Says why an endpoint is paused or disabled.
/// </summary>
public enum WebhookEndpointStateCause
{
    /// <summary>It is neither.</summary>
    None = 0,

    /// <summary>The operator, or the owner, wanted it.</summary>
    Asked,

    /// <summary>The receiver answered 410, or asked for it by the header <c>webhook-delivery: disable</c>.</summary>
    Gone,

    /// <summary>Every attempt failed for too long.</summary>
    OnlyFailures,

    /// <summary>What is stored of it cannot be unsealed with the keys of now, or its name is not registered any more.</summary>
    Unreadable,
}
