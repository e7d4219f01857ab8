using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Turns a request into the message of one attempt.
/// </summary>
internal static class AttemptRequestFactory
{
    private const string UserAgent = "User-Agent";
    private const string RequestOrigin = "WebHook-Request-Origin";
    private const string TraceParent = "traceparent";

    /// <param name="request">The request.</param>
    /// <param name="endpoint">The request's endpoint as it is now.</param>
    /// <param name="options">The options.</param>
    public static AttemptRequest Create(WebhookRequest request, WebhookEndpoint? endpoint, WebhookOptions options)
    {
        var message = new AttemptRequest(request.Method, request.Url)
        {
            Request = request,
            ClientCertificate = endpoint?.Credential?.Certificate,
            Trusted = endpoint is { Trusted: true },
        };

        // RFC 9110, section 8.6: a method that may have a body says so with Content-Length: 0 when it has none.
        if (request.MediaType is not null || request.Method != HttpMethod.Get)
        {
            message.Content = new BodyContent(request);
        }

        // By index: an enumerator would be allocated.
        for (int i = 0; i < request.Headers.Count; i++)
        {
            KeyValuePair<string, string> header = request.Headers[i];

            // The builder has validated names and values; the typed collections would only reject or rewrite what is legal.
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                message.Content!.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        if (endpoint is not null)
        {
            AddEndpointHeaders(message, request, endpoint);
        }

        if (!string.IsNullOrEmpty(options.UserAgent) && !message.Headers.NonValidated.Contains(UserAgent))
        {
            message.Headers.TryAddWithoutValidation(UserAgent, options.UserAgent);
        }

        return message;
    }

    private static void AddEndpointHeaders(AttemptRequest message, WebhookRequest request, WebhookEndpoint endpoint)
    {
        AddUnlessThere(message, RequestOrigin, endpoint.RequestOrigin);

        if (endpoint.PropagateTraceContext && Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            AddUnlessThere(message, TraceParent, activity.Id);
        }

        foreach (KeyValuePair<string, string> header in endpoint.Headers)
        {
            // Asked of the request and not of the message: an endpoint may have a header several times.
            if (!request.Headers.Any(own => own.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase)))
            {
                message.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }
    }

    private static void AddUnlessThere(AttemptRequest message, string name, string? value)
    {
        if (value is not null && !message.Headers.NonValidated.Contains(name))
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
