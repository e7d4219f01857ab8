using System;
using System.Collections.Generic;
using System.Net.Http;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// The endpoint of a Harmony server, and the requests that calls become there.
/// </summary>
internal static class HarmonyServer
{
    private const string JsonMediaType = "application/json";

    /// <param name="options">Options that are valid.</param>
    /// <param name="registration">By what name the server is known.</param>
    public static WebhookEndpoint CreateEndpoint(HarmonyOptions options, NamedEndpoint registration) => new(ServiceUrl(options))
    {
        Registration = registration,

        // The operator configured the address; Divalto's own example is on localhost.
        Trusted = true,
        Rule = HarmonyResponseRule.Of(options.TreatUnconfirmedAsRejected),
    };

    public static WebhookRequest Compose(HarmonyCall call, WebhookEndpoint endpoint)
    {
        WebhookUrl url = WebhookUrl.For(endpoint.Url).Code(call.Code);

        foreach (KeyValuePair<string, string> parameter in call.Parameters)
        {
            url.Query(parameter.Key, parameter.Value);
        }

        WebhookRequestBuilder request = call.Method == HttpMethod.Post
            ? WebhookRequest.Post(url.Build())
            : WebhookRequest.Get(url.Build());

        if (call.Body is not null)
        {
            request.WithBody(call.Body, JsonMediaType);
        }

        // A Harmony GET runs a service, whatever RFC 9110 says of GET: only the caller knows whether it may run twice.
        return request.WithEndpoint(endpoint).SetIdempotent(call.IsIdempotent).Build();
    }

    private static Uri ServiceUrl(HarmonyOptions options)
    {
        WebhookUrl url = WebhookUrl.For(options.BaseUrl!);
        string servicePath = options.ServicePath.Trim('/');
        bool isInBase = options.BaseUrl!.AbsolutePath.TrimEnd('/').EndsWith($"/{servicePath}", StringComparison.OrdinalIgnoreCase);

        return (servicePath.Length == 0 || isInBase ? url : url.Path(servicePath)).Build();
    }
}
