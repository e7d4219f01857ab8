using System;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// Says where a Divalto Harmony server is, and how its answers are read.
/// </summary>
/// <remarks>
/// Bindable from configuration. Validated when the host starts, or at first use where there is none. A change is seen by the next call.
/// </remarks>
public sealed class HarmonyOptions
{
    /// <summary>
    /// Gets or sets the base of the server's REST URLs: <c>http://localhost:8080/DhsDivaltoServiceDivaApiRest</c> for a server of one's own, or
    /// <c>https://api.divaltocloud.com/123456/TEST1</c> in the Divalto cloud.
    /// </summary>
    /// <value>
    /// Required. An absolute <c>http</c> or <c>https</c> URL without user information, query and fragment. It may already end with
    /// <see cref="ServicePath"/>, in any case, and is then kept as it is. It may be a private address, because it is the operator's own.
    /// </value>
    public Uri? BaseUrl { get; set; }

    /// <summary>
    /// Gets or sets the path of the webhook service below <see cref="BaseUrl"/>.
    /// </summary>
    /// <value>
    /// The default value is <c>api/v1/WebHook</c> (Divalto: "Principe d'appel SW en mode WebHook", which spells it <c>Webhook</c> in one example).
    /// It is sent as it is spelled. Empty when <see cref="BaseUrl"/> leads to the service by itself.
    /// </value>
    public string ServicePath { get; set; } = "api/v1/WebHook";

    /// <summary>
    /// Gets or sets whether an answer of status 2xx without a code counts as a refusal: <see cref="HarmonyOutcome.Rejected"/> instead of
    /// <see cref="HarmonyOutcome.AcceptedUnconfirmed"/>.
    /// </summary>
    /// <value>
    /// The default value is <see langword="false"/>.
    /// </value>
    public bool TreatUnconfirmedAsRejected { get; set; }
}
