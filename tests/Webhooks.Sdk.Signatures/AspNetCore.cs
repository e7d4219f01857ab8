using System;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Webhooks.Sdk;

public sealed class WebhookSubscriptionEndpointOptions
{
    public Func<HttpContext, string?>? Owner { get; set; }
}

public static class AspNetCoreExtensions
{
    public static IEndpointConventionBuilder MapWebhookSubscriptions(
        this IEndpointRouteBuilder endpoints, string pattern, Action<WebhookSubscriptionEndpointOptions> configure) => throw null!;
}
