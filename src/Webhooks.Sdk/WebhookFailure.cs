namespace Webhooks.Sdk;

/// <summary>
/// Says why a webhook was not delivered, or an attempt did not succeed.
/// </summary>
public enum WebhookFailure
{
    /// <summary>Nothing failed: the receiver accepted the request.</summary>
    None = 0,

    /// <summary>
    /// The receiver refused the request, and asking again would change nothing: a redirect (never followed), a 4xx status
    /// other than 408, 410, 425 and 429, a body that the response rule reads as a refusal, or a failure with the header
    /// <c>webhook-delivery: abort-message</c>. Not retried.
    /// </summary>
    Rejected,

    /// <summary>The receiver failed for now: status 408, 425 or 5xx. Retried.</summary>
    ReceiverFailed,

    /// <summary>
    /// The receiver asked to be called less often (status 429), or to wait longer than this send waits;
    /// <see cref="WebhookResult.RetryAfter"/> says for how long. Retried when the wait is short enough.
    /// </summary>
    Throttled,

    /// <summary>The receiver is gone for good: status 410, or what its response rule says. Not retried.</summary>
    Gone,

    /// <summary>
    /// The receiver wants no more webhooks: a failure with the header <c>webhook-delivery: disable</c>. Not retried.
    /// </summary>
    Disabled,

    /// <summary>
    /// The receiver answered, but what its answer means is not known: the part that decides lies beyond <see cref="WebhookOptions.MaxResponseBodySize"/>, or the
    /// code of the response rule threw. Whether the request was accepted is unknown. Not retried: the next answer would be read no better.
    /// </summary>
    Undecided,

    /// <summary>
    /// The request did not reach the receiver: its name did not resolve, it could not be connected to, TLS failed, the token provider of
    /// its credential or a signer did, or a handler of the application's own kept it back. Retried.
    /// </summary>
    NotReceived,

    /// <summary>
    /// The connection broke, or the answer was not HTTP, after the request may have been sent: whether it was received is unknown.
    /// Retried only when the request is idempotent (<see cref="WebhookRequest.IsIdempotent"/>).
    /// </summary>
    ConnectionLost,

    /// <summary>
    /// No complete answer came in time, after the request may have been sent: whether it was received is unknown.
    /// Retried only when the request is idempotent (<see cref="WebhookRequest.IsIdempotent"/>).
    /// </summary>
    TimedOut,

    /// <summary>
    /// The receiver's address is not one that may be called (private, loopback, reserved, or a port that is not allowed). Not retried.
    /// </summary>
    BlockedAddress,

    /// <summary>The body is larger than <see cref="WebhookOptions.MaxRequestBodySize"/>, or than the endpoint's own limit. Nothing was sent. Not retried.</summary>
    RequestTooLarge,

    /// <summary>The request could not be written as HTTP. Nothing was sent. Not retried.</summary>
    InvalidRequest,

    /// <summary>
    /// The request's <see cref="WebhookRequest.ExpiresAt"/> had come, or would have come before the next attempt. Nothing is sent from then on; attempts before that
    /// tell their own failure.
    /// </summary>
    Expired,

    /// <summary>
    /// The endpoint's own limits (<see cref="WebhookLimits.MaxConcurrency"/>, <see cref="WebhookLimits.Rate"/>) gave the attempt no turn within
    /// <see cref="WebhookLimits.MaxWait"/>. Nothing was sent. <see cref="WebhookResult.RetryAfter"/> says when there will be one, where that is known. Not retried.
    /// </summary>
    Paced,

    /// <summary>
    /// The endpoint has kept failing and is left alone (<see cref="WebhookLimits.CircuitBreaker"/>). Nothing was sent. <see cref="WebhookResult.RetryAfter"/> says for
    /// how long. Not retried.
    /// </summary>
    CircuitOpen,
}
