namespace Webhooks.Sdk;

/// <summary>
/// Says why a delivery was given up.
/// </summary>
public enum DeadLetterReason
{
    /// <summary>It was not.</summary>
    None = 0,

    /// <summary>The receiver refused it, or it cannot be sent: another attempt would change nothing.</summary>
    Refused,

    /// <summary>The endpoint's schedule has come to its end.</summary>
    AttemptsSpent,

    /// <summary>The event expired.</summary>
    Expired,

    /// <summary>The receiver is gone (status 410), or asked to be sent nothing any more.</summary>
    Gone,

    /// <summary>
    /// Whether the last attempt arrived is unknown, and the request must not be repeated.
    /// </summary>
    Unknown,

    /// <summary>
    /// The event cannot be composed for the endpoint, or the endpoint of an enqueued request has moved to another scheme, host or port since: what it holds is not
    /// meant for the receiver of the request.
    /// </summary>
    Unsendable,
}
