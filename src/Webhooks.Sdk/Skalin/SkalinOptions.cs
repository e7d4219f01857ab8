using System;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk.Skalin;

/// <summary>
/// Describes an account at Skalin.
/// </summary>
/// <remarks>
/// Bindable from configuration. Validated when the host starts, or at first use where there is none. Changes are seen by the next send.
/// </remarks>
public sealed class SkalinOptions
{
    /// <summary>Gets or sets the id of the webhook, which Skalin gives out as the webhook's key. It is a secret.</summary>
    /// <value>
    /// Required: 1 to 128 characters without slash, backslash, control characters and white space at either end.
    /// </value>
    public string WebhookId { get; set; } = "";

    /// <summary>Gets or sets the id of the account, which Skalin shows under "Paramétrage &gt; Général". It is a secret.</summary>
    /// <value>
    /// Required: 1 to 128 characters without control characters and white space at either end.
    /// </value>
    public string ClientId { get; set; } = "";

    /// <summary>Gets or sets the URL before <c>/webhook/</c>.</summary>
    /// <value>
    /// The default value is <c>https://connector.skalin.io</c>. Must be an absolute <c>http</c> or <c>https</c> URL without user information, query and
    /// fragment. The operator sets it, so its address may be private.
    /// </value>
    public Uri BaseUrl { get; set; } = new("https://connector.skalin.io");

    /// <summary>Describes the account by the scheme, host and port of its URL; its ids are secret and not shown.</summary>
    /// <returns>For example <c>Skalin account at https://connector.skalin.io</c>.</returns>
    public override string ToString() =>
        BaseUrl is { IsAbsoluteUri: true } ? $"Skalin account at {ReceiverUrl.Describe(BaseUrl)}" : "Skalin account";
}
