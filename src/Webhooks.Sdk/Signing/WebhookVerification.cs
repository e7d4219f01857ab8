namespace Webhooks.Sdk;

/// <summary>
/// What <see cref="WebhookVerifier"/> found out about a webhook that was received.
/// </summary>
public enum WebhookVerification
{
    /// <summary>
    /// No signature fits what is signed and one of the keys: forged, changed on its way, or signed with another key. It has the value zero, so that nothing
    /// is taken for genuine by default.
    /// </summary>
    NoMatch = 0,

    /// <summary>The webhook is genuine and recent.</summary>
    Valid,

    /// <summary>
    /// <c>webhook-id</c>, <c>webhook-timestamp</c> or <c>webhook-signature</c> is missing or empty, or the one header of an older scheme is.
    /// </summary>
    MissingHeader,

    /// <summary>
    /// <c>webhook-id</c> is not 1 to 256 visible ASCII characters without a full stop, or the timestamp (that of a Stripe signature, too) is not one whole
    /// number of seconds.
    /// </summary>
    MalformedHeader,

    /// <summary>The webhook was sent longer ago than <see cref="WebhookVerifier.Tolerance"/>: late, or repeated by somebody who recorded it.</summary>
    TimestampTooOld,

    /// <summary>The webhook claims to be from further in the future than <see cref="WebhookVerifier.Tolerance"/>: one of the two clocks is wrong.</summary>
    TimestampTooNew,
}
