using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>The endpoints of REST hooks: what Zapier, Power Automate, Make and n8n call.</summary>
internal sealed partial class SubscriptionEndpoints(SubscriptionDesk desk, WebhookSubscriptionEndpointOptions options)
{
    private readonly string[] _callbackNames = [.. options.CallbackNames];

    public async Task SubscribeAsync(HttpContext http)
    {
        string owner = Caller.OwnerOf(http, options.Owner!);
        SubscriptionRequest request;

        using (RequestBody body = await RequestBody.ReadAsync(http, options.MaxBodySize, options.MaxDepth).ConfigureAwait(false))
        {
            request = SubscriptionRequest.Read(body.Root, _callbackNames, http.Request.Query["event"] is [{ Length: > 0 } type] ? type : null);
        }

        (WebhookSubscription subscription, bool isNew) = await desk.SubscribeAsync(owner, request, http.RequestAborted).ConfigureAwait(false);
        http.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        http.Response.Headers.Location = LocationOf(http.Request, subscription);
        await JsonAnswer.WriteAsync(http, SubscriptionAnswer.Of(subscription, withSecret: isNew), AnswerJson.Default.SubscriptionAnswer).ConfigureAwait(false);
    }

    public async Task ListAsync(HttpContext http)
    {
        string owner = Caller.OwnerOf(http, options.Owner!);
        var all = new List<SubscriptionAnswer>();

        await foreach (IReadOnlyList<WebhookSubscription> page in desk.ListAsync(owner, http.RequestAborted).ConfigureAwait(false))
        {
            all.AddRange(page.Select(static subscription => SubscriptionAnswer.Of(subscription, withSecret: false)));
        }

        await JsonAnswer.WriteAsync(http, all, AnswerJson.Default.IReadOnlyListSubscriptionAnswer).ConfigureAwait(false);
    }

    public async Task GetAsync(HttpContext http)
    {
        string owner = Caller.OwnerOf(http, options.Owner!);

        WebhookSubscription subscription = await desk.FindAsync(owner, IdOf(http), http.RequestAborted).ConfigureAwait(false)
            ?? throw new RequestProblemException(StatusCodes.Status404NotFound, "There is no such subscription.");

        await JsonAnswer.WriteAsync(http, SubscriptionAnswer.Of(subscription, withSecret: false), AnswerJson.Default.SubscriptionAnswer).ConfigureAwait(false);
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

        await JsonAnswer.WriteAsync(http, new DeletionAnswer(id, isDeleted), AnswerJson.Default.DeletionAnswer).ConfigureAwait(false);
    }

    public Task ListEventTypesAsync(HttpContext http)
    {
        Caller.OwnerOf(http, options.Owner!);
        EventTypeAnswer[] types = [.. desk.Catalog.All.Select(static type => new EventTypeAnswer(type.Name, type.Description, type.GetJsonSchema()))];
        return JsonAnswer.WriteAsync(http, types, AnswerJson.Default.IReadOnlyListEventTypeAnswer);
    }

    public async Task ListSamplesAsync(HttpContext http)
    {
        Caller.OwnerOf(http, options.Owner!);
        var type = (string)http.Request.RouteValues["type"]!;

        IReadOnlyList<ReadOnlyMemory<byte>> samples =
            await desk.ReadSamplesAsync(type, options.MaxSamples, options.Format, http.RequestAborted).ConfigureAwait(false);

        await JsonAnswer.WriteAsync(http, JsonAnswer.MediaType, writer => JsonAnswer.WriteArray(writer, samples)).ConfigureAwait(false);
    }

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;

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
