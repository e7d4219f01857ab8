using System;
using System.Collections.Generic;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <summary>
/// Describes an endpoint that is registered by a name.
/// </summary>
/// <remarks>
/// Bindable from configuration. Validated when the host starts, or at first use where there is none. Changes are seen by the next attempt, except that of
/// the URL, the format and the source, which the next request sees.
/// </remarks>
public sealed partial class WebhookEndpointOptions
{
    private readonly List<IWebhookSigner> _customSigners = [];

    private WebhookCredential? _customCredential;

    /// <summary>Gets or sets the URL that events are sent to.</summary>
    /// <value>Required: an absolute <c>http</c> or <c>https</c> URL without user information and fragment, at most 8,192 characters.</value>
    public Uri? Url { get; set; }

    /// <summary>
    /// Gets or sets whether the path and the query of <see cref="Url"/> are sent byte for byte, as <see cref="WebhookUrl.Opaque"/> does: for URLs that another
    /// system made and signed, such as those of Power Automate.
    /// </summary>
    /// <value>The default value is <see langword="false"/>, unless <see cref="Preset"/> says so. When it is true, the URL has visible ASCII characters only.</value>
    public bool IsUrlOpaque { get; set; }

    /// <summary>Gets the secrets that every attempt is signed with, the newest first: <c>whsec_</c> and 24 to 64 bytes in Base64.</summary>
    /// <value>Empty by default: requests are not signed. At most 10.</value>
    public IList<string> Secrets { get; } = [];

    /// <summary>Gets the signatures beside that of <see cref="Secrets"/>: for receivers that have not changed over to Standard Webhooks.</summary>
    /// <value>Empty by default. At most 10, with those of <see cref="AddSigner"/>.</value>
    public IList<WebhookSignatureOptions> Signatures { get; } = [];

    /// <summary>Gets the headers of every request to the endpoint. A request's own header of the same name wins.</summary>
    /// <value>Empty by default. A secret belongs into <see cref="Credential"/>.</value>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets how the sender proves who it is, beside signatures.</summary>
    /// <value>No credential by default. Those that are no plain texts are set in code, by <see cref="UseCredential"/>.</value>
    public WebhookCredentialOptions Credential { get; } = new();

    /// <summary>Gets or sets the name of the format that events are sent in.</summary>
    /// <value>
    /// Null by default: the preset's, <c>Standard</c> unless one is set. Others are <c>DataOnly</c>, <c>RestHook</c>, <c>Weavy</c>, <c>CloudEvents</c> and <c>CloudEventsBinary</c>.
    /// </value>
    public string? Format { get; set; }

    /// <summary>Gets or sets the source of events that have none themselves. Only the CloudEvents formats send it.</summary>
    /// <value>Null by default. A URI reference of 1 to 1,024 characters, for example <c>https://billing.example</c>.</value>
    public string? Source { get; set; }

    /// <summary>Gets or sets how long one attempt may take.</summary>
    /// <value>Null by default: <see cref="WebhookOptions.AttemptTimeout"/>. Otherwise from 100 milliseconds to 10 minutes.</value>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>Gets or sets the most bytes that a body may have.</summary>
    /// <value>Null by default: <see cref="WebhookOptions.MaxRequestBodySize"/>. Otherwise from 1 to 1,073,741,824.</value>
    public int? MaxRequestBodySize { get; set; }

    /// <summary>Gets or sets how many attempts may be under way to the endpoint at once. Others wait for their turn, for <see cref="MaxWait"/> at most.</summary>
    /// <value>Null by default: no limit. Otherwise from 1 to 10,000.</value>
    public int? MaxConcurrency { get; set; }

    /// <summary>Gets how often the endpoint may be called. Attempts beyond it wait for their turn, for <see cref="MaxWait"/> at most.</summary>
    /// <value>No limit by default.</value>
    public WebhookRateOptions Rate { get; } = new();

    /// <summary>
    /// Gets or sets how long an attempt waits for its turn where <see cref="MaxConcurrency"/> or <see cref="Rate"/> does not let it go at once. One that would
    /// wait longer is not made: it ends as <see cref="WebhookFailure.Paced"/>.
    /// </summary>
    /// <value>The default value is 30 seconds. From zero, which never waits, to 10 minutes.</value>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets when the endpoint is left alone because it keeps failing.</summary>
    /// <value>Off by default.</value>
    public WebhookCircuitBreakerOptions CircuitBreaker { get; } = new();

    /// <inheritdoc cref="WebhookEndpoint.PropagateTraceContext"/>
    public bool PropagateTraceContext { get; set; }

    /// <summary>Gets or sets the sender's name that the receiver has consented to: each request carries it as <c>WebHook-Request-Origin</c>.</summary>
    /// <value>Null by default: no such header. Otherwise a DNS name, for example <c>events.billing.example</c>.</value>
    public string? RequestOrigin { get; set; }

    /// <summary>Gets or sets whether the endpoint is the operator's own and may be at any address and port, private ones included.</summary>
    /// <value>The default value is <see langword="false"/>: the address guard judges it.</value>
    public bool Trusted { get; set; }

    /// <summary>Gets or sets whether durable deliveries to the endpoint never overtake each other.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool Ordered { get; set; }

    /// <summary>Gets or sets after how many failed attempts a delivery no longer holds up those behind it, where the endpoint is <see cref="Ordered"/>.</summary>
    /// <value>Null by default: it does until it is delivered or given up. Otherwise from 1 to 100.</value>
    public int? SetAsideAfter { get; set; }

    /// <summary>Sets a credential in code, for those that configuration cannot hold: a token provider, a client certificate.</summary>
    /// <param name="credential">The credential, in place of <see cref="Credential"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="credential"/> is null.</exception>
    public void UseCredential(WebhookCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _customCredential = credential;
    }

    /// <summary>Adds a signer in code, for those that configuration cannot hold: a key that stays in a key management service.</summary>
    /// <param name="signer">The signer, beside <see cref="Secrets"/> and <see cref="Signatures"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="signer"/> is null.</exception>
    public void AddSigner(IWebhookSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        _customSigners.Add(signer);
    }

    /// <summary>Describes the endpoint by the scheme, host and port of its URL.</summary>
    /// <returns>For example <c>Endpoint at https://hooks.example</c>.</returns>
    public override string ToString() => Url is { IsAbsoluteUri: true } ? $"Endpoint at {ReceiverUrl.Describe(Url)}" : "Endpoint";

    // Not a property: the configuration binder would take it for one of its own.
    internal WebhookCredential? GetCustomCredential() => _customCredential;

    internal IReadOnlyList<IWebhookSigner> GetCustomSigners() => _customSigners;
}
