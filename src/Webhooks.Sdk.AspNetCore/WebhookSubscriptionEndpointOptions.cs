using System;
using System.Collections.Generic;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk;

/// <summary>
/// Says how customers subscribe over HTTP. Validated when the endpoints are mapped; changes after that have no effect.
/// </summary>
public sealed class WebhookSubscriptionEndpointOptions
{
    /// <summary>
    /// Gets or sets whose subscriptions a request is about: it may make, see and remove this owner's and no others.
    /// </summary>
    /// <value>
    /// Required, for example <c>http =&gt; http.User.Identity!.Name</c>. A request for which it gives null or an empty text is answered 403. Take it from what was
    /// authenticated, never from what the caller wrote.
    /// </value>
    public Func<HttpContext, string?>? Owner { get; set; }

    /// <summary>
    /// Gets or sets the URL under which clients reach the application's root, for example <c>https://api.example.com</c>. <c>Location</c> begins with it.
    /// </summary>
    /// <value>
    /// Null by default: scheme, host and path base of the request. Set it behind a proxy that does not forward them. Otherwise an absolute http or https URL
    /// without query and fragment.
    /// </value>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>Gets the names that the callback's member may have in a body, compared without regard to case; exactly one must be there.</summary>
    /// <value>
    /// By default <c>url</c>, <c>hookUrl</c>, <c>targetUrl</c>, <c>target_url</c>, <c>callbackUrl</c>, <c>callback_url</c>, <c>webhookUrl</c>,
    /// <c>notificationUrl</c>, <c>notification_url</c> and <c>endpoint</c>: what Zapier, Power Automate, Make, n8n and weavy clients send.
    /// </value>
    public IList<string> CallbackNames { get; } =
    [
        "url", "hookUrl", "targetUrl", "target_url", "callbackUrl", "callback_url", "webhookUrl", "notificationUrl", "notification_url", "endpoint",
    ];

    /// <summary>Gets or sets the format of deliveries and samples.</summary>
    /// <value>
    /// The default value is <see cref="WebhookFormat.RestHook"/>: the data with an <c>id</c>, which is what no-code clients expect. The CloudEvents formats need
    /// a source, and are refused.
    /// </value>
    public WebhookFormat Format { get; set; } = WebhookFormat.RestHook;

    /// <summary>Gets or sets the most samples of an event type.</summary>
    /// <value>The default value is 3. Must be from 1 to 100.</value>
    public int MaxSamples { get; set; } = 3;

    /// <summary>Gets or sets the most bytes that a request's body may have; a larger one is answered 413.</summary>
    /// <value>The default value is 32 KiB (32,768). Must be from 1,024 to 1,048,576.</value>
    public int MaxBodySize { get; set; } = 32 * 1024;

    /// <summary>Gets or sets how deep a request's body may nest, in members that are ignored too.</summary>
    /// <value>The default value is 16. Must be from 2 to 64.</value>
    public int MaxDepth { get; set; } = 16;

    /// <summary>Gets or sets whether a removed subscription is answered 204 without a body instead of 200 with one.</summary>
    /// <value>The default value is <see langword="false"/>: Zapier takes an answer without JSON for a failure.</value>
    public bool NoContentOnDelete { get; set; }
}
