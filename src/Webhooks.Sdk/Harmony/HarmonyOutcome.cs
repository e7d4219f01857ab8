namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Says what became of a call, as far as the answer tells.
/// </summary>
public enum HarmonyOutcome
{
    /// <summary>The service answered <c>0</c> or <c>200</c>: the call arrived and was accepted.</summary>
    Accepted = 0,

    /// <summary>
    /// The HTTP status says that the call arrived (2xx), but the answer holds no code. It counts as a success, unless
    /// <see cref="HarmonyOptions.TreatUnconfirmedAsRejected"/> is set.
    /// </summary>
    AcceptedUnconfirmed,

    /// <summary>
    /// The service answered another code, or the server refused the call (3xx, 4xx), or it could not be sent as it is. Calling again would
    /// change nothing.
    /// </summary>
    Rejected,

    /// <summary>
    /// The server could not be reached, or could not take the call for now (408, 425, 429, 5xx). Calling again later is safe.
    /// </summary>
    Transient,

    /// <summary>
    /// The call was sent and no whole answer came: whether the service ran is unknown, and Harmony has no key to recognise a second call by.
    /// Call again only what may run twice.
    /// </summary>
    Unknown,
}
