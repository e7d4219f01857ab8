using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>The endpoints of REST hooks: what Zapier, Power Automate, Make and n8n call.</summary>
internal sealed class SubscriptionEndpoints(SubscriptionDesk desk, WebhookSubscriptionEndpointOptions options)
{
    private readonly string[] _callbackNames = [.. options.CallbackNames];

    public async Task SubscribeAsync(HttpContext http)
    {
        string owner = Caller.OwnerOf(http, options.Owner!);
        SubscriptionRequest request;

        using (RequestBody body = await RequestBody.ReadAsync(http, options.MaxBodySize, options.MaxDepth).ConfigureAwait(false))
        {
            request = SubscriptionRequest.Read(body.Root, _callbackNames);
        }

        (WebhookSubscription subscription, bool isNew) = await desk.SubscribeAsync(owner, request, http.RequestAborted).ConfigureAwait(false);
        http.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        http.Response.Headers.Location = LocationOf(http.Request, subscription);
        await JsonAnswer.WriteAsync(http, writer => Write(writer, subscription, withSecret: isNew)).ConfigureAwait(false);
    }

    public async Task ListAsync(HttpContext http)
    {
        string owner = Caller.OwnerOf(http, options.Owner!);
        var all = new List<WebhookSubscription>();

        await foreach (IReadOnlyList<WebhookSubscription> page in desk.ListAsync(owner, http.RequestAborted).ConfigureAwait(false))
        {
            all.AddRange(page);
        }

        await JsonAnswer.WriteAsync(http, writer =>
        {
            writer.WriteStartArray();
            all.ForEach(subscription => Write(writer, subscription, withSecret: false));
            writer.WriteEndArray();
        }).ConfigureAwait(false);
    }

    public async Task GetAsync(HttpContext http)
    {
        string owner = Caller.OwnerOf(http, options.Owner!);

        WebhookSubscription subscription = await desk.FindAsync(owner, IdOf(http), http.RequestAborted).ConfigureAwait(false)
            ?? throw new RequestProblemException(StatusCodes.Status404NotFound, "There is no such subscription.");

        await JsonAnswer.WriteAsync(http, writer => Write(writer, subscription, withSecret: false)).ConfigureAwait(false);
    }

    public async Task UnsubscribeAsync(HttpContext http)
    {
        string owner = Caller.OwnerOf(http, options.Owner!);
        string id = IdOf(http);
        bool isDeleted = await desk.UnsubscribeAsync(owner, id, http.RequestAborted).ConfigureAwait(false);

        if (options.NoContentOnDelete)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await JsonAnswer.WriteAsync(http, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteBoolean("deleted", isDeleted);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    public Task ListEventTypesAsync(HttpContext http)
    {
        Caller.OwnerOf(http, options.Owner!);

        return JsonAnswer.WriteAsync(http, writer =>
        {
            writer.WriteStartArray();

            foreach (WebhookEventType type in desk.Catalog.All)
            {
                writer.WriteStartObject();
                writer.WriteString("type", type.Name);
                writer.WriteString("description", type.Description);
                writer.WritePropertyName("schema");
                type.GetJsonSchema().WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    public async Task ListSamplesAsync(HttpContext http)
    {
        Caller.OwnerOf(http, options.Owner!);
        var type = (string)http.Request.RouteValues["type"]!;

        IReadOnlyList<ReadOnlyMemory<byte>> samples =
            await desk.ReadSamplesAsync(type, options.MaxSamples, options.Format, http.RequestAborted).ConfigureAwait(false);

        await JsonAnswer.WriteAsync(http, writer =>
        {
            writer.WriteStartArray();

            foreach (ReadOnlyMemory<byte> sample in samples)
            {
                writer.WriteRawValue(sample.Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
        }).ConfigureAwait(false);
    }

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static void Write(Utf8JsonWriter writer, WebhookSubscription subscription, bool withSecret)
    {
        writer.WriteStartObject();
        writer.WriteString("id", subscription.Id);
        writer.WriteString("url", subscription.Endpoint.Url.OriginalString);
        writer.WriteStartArray("events");

        foreach (string type in subscription.EventTypes)
        {
            writer.WriteStringValue(type);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("active", subscription.State == WebhookEndpointState.Active);

        if (subscription.CreatedAt is { } created)
        {
            writer.WriteString("created", created.UtcDateTime);
        }

        if (withSecret && subscription.Endpoint.Secrets.FirstOrDefault() is { } secret)
        {
            writer.WriteString("secret", secret.Reveal());
        }

        writer.WriteEndObject();
    }

    private string LocationOf(HttpRequest request, WebhookSubscription subscription)
    {
        PathString path = new PathString(request.Path.Value!.TrimEnd('/')).Add($"/{subscription.Id}");

        if (options.PublicBaseUrl is { } url)
        {
            return $"{url.AbsoluteUri.TrimEnd('/')}{path.ToUriComponent()}";
        }

        return request.Host.HasValue
            ? UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase, path)
            : UriHelper.BuildRelative(request.PathBase, path);
    }
}
