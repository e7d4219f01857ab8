using System;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        var handlers = new SubscriptionEndpoints(desk, options);
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.RequireAuthorization();

        group.MapPost("/subscriptions", RequestProblems.Answered(handlers.SubscribeAsync));
        group.MapGet("/subscriptions", RequestProblems.Answered(handlers.ListAsync));
        group.MapGet("/subscriptions/{id}", RequestProblems.Answered(handlers.GetAsync));
        group.MapDelete("/subscriptions/{id}", RequestProblems.Answered(handlers.UnsubscribeAsync));
        group.MapGet("/events", RequestProblems.Answered(handlers.ListEventTypesAsync));
        group.MapGet("/events/{type}/samples", RequestProblems.Answered(handlers.ListSamplesAsync));
        return group;
    }
}
