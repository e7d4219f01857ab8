using System;
using System.Linq;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Webhooks.Sdk.AspNetCore;

namespace Webhooks.Sdk;

/// <summary>
/// Lets customers subscribe over HTTP.
/// </summary>
public static class WebhookEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints by which customers subscribe, as Zapier, Power Automate, Make and n8n use them:
    /// <c>POST</c> and <c>GET {pattern}/subscriptions</c>, <c>GET</c> and <c>DELETE {pattern}/subscriptions/{id}</c>, <c>GET {pattern}/events</c> and
    /// <c>GET {pattern}/events/{type}/samples</c>.
    /// </summary>
    /// <remarks>
    /// The endpoints require authorization (the default policy) unless <c>AllowAnonymous()</c> is called on what is returned. The same URL and events of the
    /// same owner are one subscription, however often they are posted; a post enables one again that its receiver ended with 410. A subscription's secret is
    /// answered once, when it is made.
    /// </remarks>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route under which they lie, for example <c>/webhooks</c>.</param>
    /// <param name="configure">Sets options: <see cref="WebhookSubscriptionEndpointOptions.Owner"/> at least.</param>
    /// <returns>All of them, to add conventions such as a policy or a rate limit.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An option is missing or outside its range; the message names it.</exception>
    /// <exception cref="InvalidOperationException"><c>AddWebhooks()</c> or <c>AddEventType(…)</c> was not called.</exception>
    public static IEndpointConventionBuilder MapWebhookSubscriptions(
        this IEndpointRouteBuilder endpoints, string pattern, Action<WebhookSubscriptionEndpointOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(configure);

        var options = new WebhookSubscriptionEndpointOptions();
        configure(options);
        EndpointOptionsRules.Validate(options, nameof(configure));
        SubscriptionDesk desk = SubscriptionDesk.Create(endpoints.ServiceProvider, nameof(MapWebhookSubscriptions), options.Format, hasSecret: true);
        EndpointDescriptions.AddTypes(endpoints.ServiceProvider);
        RouteGroupBuilder group = MapAuthorizedGroup(endpoints, pattern);
        new SubscriptionEndpoints(desk, options).MapTo(group);
        return group;
    }

    /// <summary>
    /// Maps the entry points of Divalto weavy's webhooks, for clients that were written for them: <c>POST {pattern}/process/?c=…</c> with
    /// <c>EPT_WebhookSubscribe</c>, <c>EPT_WebhookUnsubscribe</c> and <c>EPT_WebhookPerformList</c>. Deliveries and samples are <c>{"result":…}</c>.
    /// </summary>
    /// <remarks>
    /// It requires authorization, as <see cref="MapWebhookSubscriptions"/> does. Deliveries are not signed: weavy's clients know no secret.
    /// </remarks>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route under which it lies, for example <c>/v1/EntryPoints/{projectCode}</c>.</param>
    /// <param name="configure">Sets options: <see cref="WeavyWebhookEndpointOptions.Owner"/> at least.</param>
    /// <returns>The endpoint, to add conventions such as a policy or a rate limit.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An option is missing or outside its range; the message names it.</exception>
    /// <exception cref="InvalidOperationException"><c>AddWebhooks()</c> or <c>AddEventType(…)</c> was not called.</exception>
    public static IEndpointConventionBuilder MapWeavyWebhooks(
        this IEndpointRouteBuilder endpoints, string pattern, Action<WeavyWebhookEndpointOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(configure);

        var options = new WeavyWebhookEndpointOptions();
        configure(options);
        EndpointOptionsRules.Validate(options, nameof(configure));
        SubscriptionDesk desk = SubscriptionDesk.Create(endpoints.ServiceProvider, nameof(MapWeavyWebhooks), WebhookFormat.Weavy, hasSecret: false);
        EndpointDescriptions.AddTypes(endpoints.ServiceProvider);
        RouteGroupBuilder group = MapAuthorizedGroup(endpoints, pattern);
        new WeavyEndpoint(desk, options).MapTo(group);
        return group;
    }

    private static RouteGroupBuilder MapAuthorizedGroup(IEndpointRouteBuilder endpoints, string pattern)
    {
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.RequireAuthorization();

        // What is open to everybody must not demand that the application adds authorization.
        ((IEndpointConventionBuilder)group).Finally(static endpoint =>
        {
            if (endpoint.Metadata.Any(static item => item is IAllowAnonymous))
            {
                foreach (object demand in endpoint.Metadata.Where(static item => item is IAuthorizeData).ToArray())
                {
                    endpoint.Metadata.Remove(demand);
                }
            }
        });

        return group;
    }
}
