namespace Webhooks.Sdk;

/// <summary>
/// Says what a receiver's answer means, as a <see cref="WebhookResponseRule"/> reads it.
/// </summary>
public enum WebhookVerdict
{
    /// <summary>The receiver accepted the request.</summary>
    Delivered = 0,

    /// <summary>The receiver refused the request and would refuse it again.</summary>
    Rejected,

    /// <summary>The receiver failed for now; the same request may be accepted later.</summary>
    ReceiverFailed,

    /// <summary>The receiver is called too often; the same request may be accepted later.</summary>
    Throttled,

    /// <summary>The receiver is gone for good, and so is whatever subscribed it.</summary>
    Gone,

    /// <summary>The receiver is there and wants no more webhooks: <c>webhook-delivery: disable</c>.</summary>
    Disabled,

    /// <summary>The part of the answer that decides did not come, or lies beyond <c>MaxResponseBodySize</c>.</summary>
    Undecided,
}
