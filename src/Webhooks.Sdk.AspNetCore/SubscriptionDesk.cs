using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Http;
using Webhooks.Sdk.Subscriptions;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>
/// Subscribes on behalf of an owner, once for each callback and set of events. Thread-safe, on several nodes too.
/// </summary>
/// <param name="subscriptions">The subscriptions.</param>
/// <param name="control">Enables those again that were disabled.</param>
/// <param name="catalog">The event types.</param>
/// <param name="screen">Judges callbacks.</param>
/// <param name="options">Says whether a callback may be http.</param>
/// <param name="format">The format of deliveries.</param>
/// <param name="hasSecret">Whether deliveries are signed: the client learns the secret.</param>
internal sealed class SubscriptionDesk(
    IWebhookSubscriptions subscriptions,
    IWebhookEndpointControl control,
    EventTypeCatalog catalog,
    CallbackScreen screen,
    IOptionsMonitor<WebhookOptions> options,
    WebhookFormat format,
    bool hasSecret)
{
    private const int PageSize = 1000;
    private const int MostPlaces = 100;

    public EventTypeCatalog Catalog => catalog;

    /// <exception cref="InvalidOperationException">A call is missing; the message names it.</exception>
    public static SubscriptionDesk Create(IServiceProvider services, string caller, WebhookFormat format, bool hasSecret)
    {
        if (services.GetService<EventTypeCatalog>() is not { } catalog)
        {
            throw new InvalidOperationException($"{caller} needs webhooks, which were not added. Call builder.Services.AddWebhooks() before the application is built.");
        }

        if (catalog.All.Count == 0)
        {
            throw new InvalidOperationException(
                $"{caller} has nothing to offer: no event type is registered. Call builder.Services.AddWebhooks().AddEventType(…) before the application is built.");
        }

        return new SubscriptionDesk(
            services.GetRequiredService<IWebhookSubscriptions>(),
            services.GetRequiredService<IWebhookEndpointControl>(),
            catalog,
            services.GetRequiredService<CallbackScreen>(),
            services.GetRequiredService<IOptionsMonitor<WebhookOptions>>(),
            format,
            hasSecret);
    }

    /// <summary>Gives the one subscription of this owner to these events at this URL: a new one, or the one that is there, enabled.</summary>
    /// <exception cref="RequestProblemException">An event is not known, or the URL cannot be a callback.</exception>
    public async Task<(WebhookSubscription Subscription, bool IsNew)> SubscribeAsync(string owner, SubscriptionRequest request, CancellationToken cancellationToken)
    {
        RefuseUnknown(request.Events);
        Uri url = CallbackUrl.Accept(request.Callback, options.CurrentValue.AllowHttpSubscriptions);

        if (!await screen.LetsPassAsync(url, cancellationToken).ConfigureAwait(false))
        {
            throw new RequestProblemException(StatusCodes.Status400BadRequest, "The callback's host cannot be called from here: it must resolve to public addresses only.");
        }

        for (int place = 0; place < MostPlaces; place++)
        {
            string id = SubscriptionId.Of(owner, url, request.Events, format, place);

            if (await FindOrAddAsync(owner, id, url, request.Events, cancellationToken).ConfigureAwait(false) is not { } found)
            {
                continue;
            }

            if (found.IsNew || IsSame(found.Subscription, url, request.Events))
            {
                return found;
            }
        }

        throw new RequestProblemException(StatusCodes.Status409Conflict, "There are too many changed subscriptions of this URL and these events; remove some.");
    }

    public Task<WebhookSubscription?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        subscriptions.FindAsync(owner, id, cancellationToken);

    public Task<bool> UnsubscribeAsync(string owner, string id, CancellationToken cancellationToken) =>
        subscriptions.RemoveAsync(owner, id, cancellationToken);

    public async IAsyncEnumerable<IReadOnlyList<WebhookSubscription>> ListAsync(
        string owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        IReadOnlyList<WebhookSubscription> page;

        do
        {
            page = await subscriptions.ListAsync(owner, after, PageSize, cancellationToken).ConfigureAwait(false);
            yield return page;
            after = page.Count > 0 ? page[^1].Id : null;
        }
        while (page.Count == PageSize);
    }

    /// <summary>Reads samples of an event type as they would be delivered; none when the type has no source.</summary>
    /// <exception cref="RequestProblemException">There is no such type.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadSamplesAsync(string type, int count, WebhookFormat sampleFormat, CancellationToken cancellationToken)
    {
        if (!catalog.Contains(type))
        {
            throw new RequestProblemException(StatusCodes.Status404NotFound, "There is no such event.");
        }

        if (!catalog.HasSource(type))
        {
            return [];
        }

        IReadOnlyList<WebhookEvent> samples = await catalog.ReadSamplesAsync(type, count, cancellationToken).ConfigureAwait(false);
        return [.. samples.Select(sample => Sample.Render(sample, sampleFormat))];
    }

    private async Task<(WebhookSubscription Subscription, bool IsNew)?> FindOrAddAsync(
        string owner, string id, Uri url, IReadOnlyList<string> events, CancellationToken cancellationToken)
    {
        if (await subscriptions.FindAsync(owner, id, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return (await EnableAsync(found, cancellationToken).ConfigureAwait(false), false);
        }

        var added = new WebhookSubscription
        {
            Id = id,
            Owner = owner,
            EventTypes = events,
            Endpoint = new WebhookEndpoint(url) { Format = format, Secrets = hasSecret ? [WebhookSecret.Generate()] : [] },
        };

        bool isNew = await subscriptions.TryAddAsync(added, cancellationToken).ConfigureAwait(false);

        // Of two equal requests at once one adds, and the other finds what it added.
        WebhookSubscription? stored = await subscriptions.FindAsync(owner, id, cancellationToken).ConfigureAwait(false);
        return stored is not null ? (stored, isNew) : isNew ? (added, true) : null;
    }

    private async Task<WebhookSubscription> EnableAsync(WebhookSubscription found, CancellationToken cancellationToken)
    {
        if (found.State != WebhookEndpointState.Disabled)
        {
            return found;
        }

        await control.ResumeAsync(found.Id, cancellationToken).ConfigureAwait(false);
        return await subscriptions.FindAsync(found.Owner!, found.Id, cancellationToken).ConfigureAwait(false) ?? found;
    }

    private bool IsSame(WebhookSubscription found, Uri url, IReadOnlyList<string> events) =>
        found.Endpoint.Url.OriginalString == url.OriginalString
        && found.Endpoint.Format == format
        && found.Filter.IsEmpty
        && found.EventTypes.ToHashSet(StringComparer.Ordinal).SetEquals(events);

    private void RefuseUnknown(IReadOnlyList<string> events)
    {
        foreach (string wanted in events)
        {
            if (!catalog.All.Any(type => EventTypePattern.Covering(type.Name).Contains(wanted, StringComparer.Ordinal)))
            {
                throw new RequestProblemException(StatusCodes.Status400BadRequest, "One of the events is not known; GET …/events lists those there are.");
            }
        }

        if (events.Count > WebhookSubscription.MostEventTypes)
        {
            throw new RequestProblemException(
                StatusCodes.Status400BadRequest,
                string.Create(CultureInfo.InvariantCulture, $"There are more than {WebhookSubscription.MostEventTypes} events; * stands for all."));
        }
    }
}
