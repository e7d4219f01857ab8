namespace Webhooks.Sdk;

/// <summary>
/// What <see cref="WebhookVerifier"/> found out about a webhook that was received.
/// </summary>
public enum WebhookVerification
{
    /// <summary>
    /// No signature fits the body, the id, the timestamp and one of the secrets: forged, changed on its way, or signed with another secret. It has the value
    /// zero, so that nothing is taken for genuine by default.
    /// </summary>
    NoMatch = 0,

    /// <summary>The webhook is genuine and recent.</summary>
    Valid,

    /// <summary><c>webhook-id</c>, <c>webhook-timestamp</c> or <c>webhook-signature</c> is missing or empty.</summary>
    MissingHeader,

    /// <summary>
    /// <c>webhook-id</c> is not 1 to 256 visible ASCII characters without a full stop, or <c>webhook-timestamp</c> is not one whole number of seconds.
    /// </summary>
    MalformedHeader,

    /// <summary>The webhook was sent longer ago than <see cref="WebhookVerifier.Tolerance"/>: late, or repeated by somebody who recorded it.</summary>
    TimestampTooOld,

    /// <summary>The webhook claims to be from further in the future than <see cref="WebhookVerifier.Tolerance"/>: one of the two clocks is wrong.</summary>
    TimestampTooNew,
}
