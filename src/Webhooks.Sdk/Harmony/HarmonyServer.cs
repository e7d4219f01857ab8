using System;
using System.Collections.Generic;
using System.Net.Http;

namespace Webhooks.Sdk.Harmony;

/// <summary>
/// A server as its options describe it at one time: composes calls to requests.
/// </summary>
internal sealed class HarmonyServer
{
    private const string JsonMediaType = "application/json";

    private readonly WebhookEndpoint _endpoint;

    /// <param name="options">Options that are valid.</param>
    /// <param name="name">The name the server was added by; empty for the one without.</param>
    public HarmonyServer(HarmonyOptions options, string name)
    {
        Options = options;
        _endpoint = new WebhookEndpoint(ServiceUrl(options))
        {
            Name = name.Length == 0 ? "harmony" : $"harmony/{name}",

            // The operator configured the address; Divalto's own example is on localhost.
            Trusted = true,
            Rule = new HarmonyResponseRule(options.TreatUnconfirmedAsRejected),
        };
    }

    public HarmonyOptions Options { get; }

    public WebhookRequest Compose(HarmonyCall call)
    {
        WebhookUrl url = WebhookUrl.For(_endpoint.Url).Code(call.Code);

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
        return request.WithEndpoint(_endpoint).SetIdempotent(call.IsIdempotent).Build();
    }

    private static Uri ServiceUrl(HarmonyOptions options)
    {
        WebhookUrl url = WebhookUrl.For(options.BaseUrl!);
        string servicePath = options.ServicePath.Trim('/');
        bool isInBase = options.BaseUrl!.AbsolutePath.TrimEnd('/').EndsWith($"/{servicePath}", StringComparison.OrdinalIgnoreCase);

        return (servicePath.Length == 0 || isInBase ? url : url.Path(servicePath)).Build();
    }
}
