using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>The entry points of weavy's webhooks, which share one route and are told apart by the query: <c>…/process/?c=EPT_WebhookSubscribe</c>.</summary>
internal sealed class WeavyEndpoint(SubscriptionDesk desk, WeavyWebhookEndpointOptions options)
{
    public void MapTo(RouteGroupBuilder group) =>
        group.MapPost("/process", RequestProblems.Answered(ProcessAsync)).Describe(
            ProcessAsync,
            "Subscribes, unsubscribes and shows samples: c=EPT_WebhookSubscribe, EPT_WebhookUnsubscribe or EPT_WebhookPerformList.",
            typeof(JsonObject),
            [(StatusCodes.Status200OK, typeof(JsonObject))],
            StatusCodes.Status400BadRequest,
            StatusCodes.Status403Forbidden);

    public async Task ProcessAsync(HttpContext http)
    {
        string owner = Caller.OwnerOf(http, options.Owner!);
        string entryPoint = http.Request.Query["c"].ToString();

        Func<string, JsonElement, HttpContext, Task> process = entryPoint.ToUpperInvariant() switch
        {
            "EPT_WEBHOOKSUBSCRIBE" => SubscribeAsync,
            "EPT_WEBHOOKUNSUBSCRIBE" => UnsubscribeAsync,
            "EPT_WEBHOOKPERFORMLIST" => ListSamplesAsync,
            _ => throw new RequestProblemException(
                StatusCodes.Status400BadRequest, "The query must name an entry point: c=EPT_WebhookSubscribe, EPT_WebhookUnsubscribe or EPT_WebhookPerformList."),
        };

        using RequestBody body = await RequestBody.ReadAsync(http, options.MaxBodySize, options.MaxDepth).ConfigureAwait(false);
        await process(owner, body.Root, http).ConfigureAwait(false);
    }

    private async Task SubscribeAsync(string owner, JsonElement body, HttpContext http)
    {
        var request = new SubscriptionRequest(SubscriptionRequest.ReadText(body, "hookUrl"), [SubscriptionRequest.ReadText(body, "event")]);
        (WebhookSubscription subscription, _) = await desk.SubscribeAsync(owner, request, http.RequestAborted).ConfigureAwait(false);

        await AnswerAsync(http, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("codeWebhookSubscription", subscription.Id);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private async Task UnsubscribeAsync(string owner, JsonElement body, HttpContext http)
    {
        string code = SubscriptionRequest.ReadText(body, "codeWebhookSubscription");
        bool isDeleted = await desk.UnsubscribeAsync(owner, code, http.RequestAborted).ConfigureAwait(false);

        await AnswerAsync(http, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("codeWebhookSubscription", code);
            writer.WriteBoolean("deleted", isDeleted);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private async Task ListSamplesAsync(string owner, JsonElement body, HttpContext http)
    {
        string type = SubscriptionRequest.ReadText(body, "event");
        int count = options.SingleSample ? 1 : options.MaxSamples;
        IReadOnlyList<ReadOnlyMemory<byte>> samples = await desk.ReadSamplesAsync(type, count, WebhookFormat.DataOnly, http.RequestAborted).ConfigureAwait(false);

        await AnswerAsync(http, writer =>
        {
            if (!options.SingleSample)
            {
                JsonAnswer.WriteArray(writer, samples);
            }
            else if (samples is [var sample])
            {
                writer.WriteRawValue(sample.Span, skipInputValidation: true);
            }
            else
            {
                writer.WriteNullValue();
            }
        }).ConfigureAwait(false);
    }

    private static Task AnswerAsync(HttpContext http, Action<Utf8JsonWriter> writeResult) => JsonAnswer.WriteAsync(http, JsonAnswer.MediaType, writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("result");
        writeResult(writer);
        writer.WriteEndObject();
    });
}
