using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Webhooks.Sdk.Signing;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <summary>
/// Where and how webhooks are sent: the receiver's URL and what belongs to it rather than to one request.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads. An endpoint is read at each attempt and never copied into a request, so a
/// changed endpoint is a new instance; one that is registered by name is looked up anew at each attempt.
/// </remarks>
public sealed partial class WebhookEndpoint
{
    private WebhookLimits? _limits;
    private string? _requestOrigin;

    /// <summary>Creates an endpoint from the text of its URL.</summary>
    /// <param name="url">An absolute <c>http</c> or <c>https</c> URL without user information and fragment, at most 8,192 characters.</param>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not such a URL.</exception>
    public WebhookEndpoint(string url)
    {
        Url = ReceiverUrl.Accept(url, nameof(url));
    }

    /// <summary>Creates an endpoint from its URL, which is sent as it is.</summary>
    /// <param name="url">An absolute <c>http</c> or <c>https</c> URL without user information and fragment, at most 8,192 characters.</param>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not such a URL.</exception>
    public WebhookEndpoint(Uri url)
    {
        Url = ReceiverUrl.Accept(url, nameof(url));
    }

    /// <summary>Gets the name the endpoint is registered by, or null when it was made in code.</summary>
    public string? Name => Registration?.Name;

    /// <summary>Gets the URL that events are sent to.</summary>
    public Uri Url { get; }

    /// <summary>
    /// Gets the secrets that every attempt is signed with, the newest first. While a receiver changes over to a new secret, both are here.
    /// </summary>
    /// <value>
    /// Empty by default: requests are not signed, but by <see cref="Signers"/>. At most 10.
    /// </value>
    /// <exception cref="ArgumentNullException">The list or one of the secrets is null.</exception>
    /// <exception cref="ArgumentException">There are more than 10 secrets.</exception>
    public IReadOnlyList<WebhookSecret> Secrets
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);

            if (value.Count > Signature.MostSecrets)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"An endpoint has at most {Signature.MostSecrets} secrets, but there are {value.Count}; leave out those that no receiver needs any more."),
                    nameof(value));
            }

            if (value.Any(static secret => secret is null))
            {
                throw new ArgumentNullException(nameof(value), "One of the secrets is null.");
            }

            field = Array.AsReadOnly([.. value]);
        }
    }
    = [];

    /// <summary>
    /// Gets the signers that every attempt is signed by, beside <see cref="Secrets"/>: for a key pair, for a key in a key management service, and for
    /// receivers that have not changed over to Standard Webhooks.
    /// </summary>
    /// <value>
    /// Empty by default. At most 10. What they write replaces the request's own headers of the same names.
    /// </value>
    /// <exception cref="ArgumentNullException">The list or one of the signers is null.</exception>
    /// <exception cref="ArgumentException">There are more than 10 signers, or two of them have the same header.</exception>
    public IReadOnlyList<IWebhookSigner> Signers
    {
        get;
        init => field = SignerRules.Validate(value, nameof(value));
    }
    = [];

    /// <summary>
    /// Gets the headers of every request to the endpoint. A request's own header of the same name wins.
    /// </summary>
    /// <value>
    /// Empty by default. Names are tokens (RFC 9110, section 5.6.2) that neither the SDK nor the connection sets; values are visible ASCII, spaces and tabs. A
    /// secret belongs into <see cref="Credential"/>.
    /// </value>
    /// <exception cref="ArgumentNullException">The collection is null.</exception>
    /// <exception cref="ArgumentException">A name or a value cannot be sent. The message does not show the value.</exception>
    public IReadOnlyCollection<KeyValuePair<string, string>> Headers
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);

            foreach (KeyValuePair<string, string> header in value)
            {
                HeaderRules.ValidateName(header.Key, nameof(value));
                HeaderRules.ValidateValue(header.Value, nameof(value));

                if (HeaderRules.IsContentHeader(header.Key))
                {
                    throw new ArgumentException($"The header {header.Key} describes a body, which belongs to a request; set it there.", nameof(value));
                }
            }

            field = Array.AsReadOnly([.. value]);
        }
    }
    = [];

    /// <summary>Gets how the sender proves who it is, beside signatures.</summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentException">A client certificate is set, but the URL is not https.</exception>
    public WebhookCredential? Credential
    {
        get;
        init
        {
            if (value?.Certificate is not null && Url.Scheme != Uri.UriSchemeHttps)
            {
                throw new ArgumentException("A client certificate needs https, but the endpoint's URL is http.", nameof(value));
            }

            field = value;
        }
    }

    /// <summary>Gets how an event becomes headers and a body.</summary>
    /// <value>By default the <see cref="Preset"/>'s: <see cref="WebhookFormat.Standard"/> unless it is set.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public WebhookFormat Format
    {
        get => field ?? Preset.Format;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    /// <summary>Gets the source of events that have none themselves: where they happened. Only the CloudEvents formats send it.</summary>
    /// <value>Null by default. A URI reference of 1 to 1,024 characters, for example <c>https://billing.example</c>.</value>
    /// <exception cref="ArgumentException">The value is not such a text.</exception>
    public string? Source
    {
        get;
        init
        {
            if (value is not null)
            {
                EventAttribute.ValidateSource(value, nameof(value));
            }

            field = value;
        }
    }

    /// <summary>Gets what an attempt may take, where that differs from <see cref="WebhookOptions"/>, and how much the endpoint is called.</summary>
    /// <value>By default the <see cref="Preset"/>'s: no limits of its own unless it is set.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public WebhookLimits Limits
    {
        get => _limits ?? Preset.Limits;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _limits = value;
        }
    }

    /// <summary>
    /// Gets whether the receiver is told of the trace that the request belongs to: <c>traceparent</c>, as W3C Trace Context says.
    /// </summary>
    /// <value>
    /// The default value is <see langword="false"/>: ids of the sender's traces are no business of a stranger's. <c>tracestate</c> and baggage are never sent.
    /// </value>
    public bool PropagateTraceContext { get; init; }

    /// <summary>
    /// Gets the sender's name that the receiver has consented to (<see cref="WebhookHandshake.CloudEvents(string)"/>): each request carries it as
    /// <c>WebHook-Request-Origin</c>.
    /// </summary>
    /// <value>Null by default: no such header. Otherwise a DNS name, for example <c>events.billing.example</c>.</value>
    /// <exception cref="ArgumentException">The value is not a DNS name.</exception>
    public string? RequestOrigin
    {
        get => _requestOrigin;
        init
        {
            WebhookHandshake.ValidateOrigin(value, nameof(value));
            _requestOrigin = value;
        }
    }

    /// <summary>Gets by what the endpoint is registered, or null when it was made in code.</summary>
    internal NamedEndpoint? Registration { get; init; }

    /// <summary>Gets the subscription whose endpoint it is, or null.</summary>
    internal string? SubscriptionId { get; init; }

    /// <summary>
    /// Gets what the attempts to the endpoint have in common, by which they share a lane. A subscription's endpoint is another instance each time it is read.
    /// Under another URL it is another receiver, which has done nothing wrong yet.
    /// </summary>
    internal object LaneKey => (object?)Registration ?? (SubscriptionId is { } id ? (id, Url.OriginalString) : this);

    /// <summary>Gets the endpoint as it is registered now; itself when it was made in code.</summary>
    internal WebhookEndpoint Current => Registration?.Current ?? this;

    /// <summary>
    /// Gets whether the address comes from the operator's own code or configuration, and may therefore be private.
    /// </summary>
    internal bool Trusted { get; init; }

    /// <summary>Gets whether every request to the endpoint has a <c>webhook-id</c>, by which the receiver drops duplicates.</summary>
    internal bool IsSigned => Secrets.Count > 0 || Signers.Count > 0;

    /// <summary>
    /// Composes the request that tells the endpoint of an event, to inspect it or to send it as any other.
    /// </summary>
    /// <param name="webhookEvent">The event. It is formatted once, however many endpoints of the same <see cref="Format"/> it is told to.</param>
    /// <returns>
    /// A POST request under the event's id. It is idempotent: <c>webhook-id</c> lets the receiver drop duplicates.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="webhookEvent"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The format needs a source, and neither the event nor the endpoint has one.
    /// </exception>
    public WebhookRequest Compose(WebhookEvent webhookEvent)
    {
        ArgumentNullException.ThrowIfNull(webhookEvent);

        WebhookEndpoint current = Current;
        return WebhookRequest.Of(webhookEvent, webhookEvent.Compose(current.Format, current.Source), current);
    }

    /// <summary>This endpoint as its receiver has consented to be called.</summary>
    internal WebhookEndpoint WithConsent(string? origin, WebhookRate? rate)
    {
        var endpoint = (WebhookEndpoint)MemberwiseClone();
        endpoint._requestOrigin = origin ?? _requestOrigin;
        endpoint._limits = Limits.WithGranted(rate);
        return endpoint;
    }

    /// <summary>Describes the endpoint by its name, scheme, host and port; the path may be secret and is not shown.</summary>
    /// <returns>For example <c>acme (https://hooks.example)</c>.</returns>
    public override string ToString() => Name is null ? ReceiverUrl.Describe(Url) : $"{Name} ({ReceiverUrl.Describe(Url)})";
}
