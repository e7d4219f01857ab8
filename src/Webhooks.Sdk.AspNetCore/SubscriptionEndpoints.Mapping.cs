using System.Collections.Generic;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Webhooks.Sdk.AspNetCore;

/// <content>Where the endpoints lie, and what API descriptions say of them.</content>
internal sealed partial class SubscriptionEndpoints
{
    private const int Ok = StatusCodes.Status200OK;
    private const int Forbidden = StatusCodes.Status403Forbidden;
    private const int NotFound = StatusCodes.Status404NotFound;

    public void MapTo(RouteGroupBuilder group)
    {
        group.MapPost("/subscriptions", RequestProblems.Answered(SubscribeAsync)).Describe(
            SubscribeAsync,
            "Subscribes a URL to events; the same URL and events are one subscription.",
            typeof(SubscriptionBody),
            [(StatusCodes.Status201Created, typeof(SubscriptionAnswer)), (Ok, typeof(SubscriptionAnswer))],
            StatusCodes.Status400BadRequest,
            Forbidden,
            StatusCodes.Status413PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType);

        group.MapGet("/subscriptions", RequestProblems.Answered(ListAsync)).Describe(
            ListAsync, "Lists your subscriptions.", body: null, [(Ok, typeof(IReadOnlyList<SubscriptionAnswer>))], Forbidden);

        group.MapGet("/subscriptions/{id}", RequestProblems.Answered(GetAsync)).Describe(
            GetAsync, "Shows one of your subscriptions.", body: null, [(Ok, typeof(SubscriptionAnswer))], Forbidden, NotFound);

        group.MapDelete("/subscriptions/{id}", RequestProblems.Answered(UnsubscribeAsync)).Describe(
            UnsubscribeAsync,
            "Unsubscribes; a subscription that is not there is no failure.",
            body: null,
            [options.NoContentOnDelete ? (StatusCodes.Status204NoContent, null) : (Ok, typeof(DeletionAnswer))],
            Forbidden);

        group.MapGet("/events", RequestProblems.Answered(ListEventTypesAsync)).Describe(
            ListEventTypesAsync, "Lists the events that can be subscribed to.", body: null, [(Ok, typeof(IReadOnlyList<EventTypeAnswer>))], Forbidden);

        group.MapGet("/events/{type}/samples", RequestProblems.Answered(ListSamplesAsync)).Describe(
            ListSamplesAsync, "Shows what deliveries of an event look like, the newest first.", body: null, [(Ok, typeof(JsonArray))], Forbidden, NotFound);
    }
}
