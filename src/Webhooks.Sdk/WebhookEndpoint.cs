using System;
using Webhooks.Sdk.Retry;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <summary>
/// Where and how webhooks are sent: the receiver's URL and what belongs to it rather than to one request.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads. An endpoint is read at each attempt and never copied into a request, so a
/// changed endpoint is a new instance.
/// </remarks>
public sealed class WebhookEndpoint
{
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
    public string? Name { get; internal init; }

    /// <summary>Gets the URL that events are sent to.</summary>
    public Uri Url { get; }

    /// <summary>
    /// Gets whether the address comes from the operator's own code or configuration, and may therefore be private.
    /// </summary>
    internal bool Trusted { get; init; }

    /// <summary>Gets what the receiver's answers mean.</summary>
    internal WebhookResponseRule Rule { get; init; } = WebhookResponseRule.Default;

    /// <summary>Describes the endpoint by its name, scheme, host and port; the path may be secret and is not shown.</summary>
    /// <returns>For example <c>acme (https://hooks.example)</c>.</returns>
    public override string ToString() => Name is null ? ReceiverUrl.Describe(Url) : $"{Name} ({ReceiverUrl.Describe(Url)})";
}
