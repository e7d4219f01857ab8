namespace Webhooks.Sdk.Retry;

/// <summary>
/// What a receiver's answer means.
/// </summary>
internal enum WebhookVerdict
{
    /// <summary>The receiver accepted the request.</summary>
    Delivered,

    /// <summary>The receiver refused the request and would refuse it again.</summary>
    Rejected,

    /// <summary>The receiver failed for now.</summary>
    ReceiverFailed,

    /// <summary>The receiver is called too often.</summary>
    Throttled,

    /// <summary>The receiver is gone for good.</summary>
    Gone,

    /// <summary>The answer broke off before the part that decides.</summary>
    Undecided,
}
