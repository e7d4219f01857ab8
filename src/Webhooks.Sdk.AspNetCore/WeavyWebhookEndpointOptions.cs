using System;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk;

/// <summary>
/// Says how clients of Divalto weavy's webhooks subscribe. Validated when the endpoint is mapped; changes after that have no effect.
/// </summary>
public sealed class WeavyWebhookEndpointOptions
{
    /// <inheritdoc cref="WebhookSubscriptionEndpointOptions.Owner"/>
    public Func<HttpContext, string?>? Owner { get; set; }

    /// <summary>
    /// Gets or sets whether <c>EPT_WebhookPerformList</c> answers with one sample, as <c>{"result":{…}}</c>, just as a delivery looks.
    /// </summary>
    /// <value>The default value is <see langword="false"/>: <c>{"result":[{…},…]}</c>. Without a sample it is <c>{"result":null}</c> then.</value>
    public bool SingleSample { get; set; }

    /// <inheritdoc cref="WebhookSubscriptionEndpointOptions.MaxSamples"/>
    public int MaxSamples { get; set; } = 3;

    /// <inheritdoc cref="WebhookSubscriptionEndpointOptions.MaxBodySize"/>
    public int MaxBodySize { get; set; } = 32 * 1024;

    /// <inheritdoc cref="WebhookSubscriptionEndpointOptions.MaxDepth"/>
    public int MaxDepth { get; set; } = 16;
}
