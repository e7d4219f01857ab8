using System.Collections.Generic;
using System.Net.Http;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Turns a request into the message of one attempt.
/// </summary>
internal static class AttemptRequestFactory
{
    private const string UserAgent = "User-Agent";

    public static AttemptRequest Create(WebhookRequest request, WebhookOptions options)
    {
        var message = new AttemptRequest(request.Method, request.Url) { Trusted = request.Endpoint is { Trusted: true } };

        if (request.MediaType is not null)
        {
            message.Content = new BodyContent(request.Body, request.MediaType);
        }
        else if (request.Method != HttpMethod.Get)
        {
            // RFC 9110, section 8.6: a method that may have a body says so with Content-Length: 0 when it has none.
            message.Content = EmptyBody();
        }

        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            // The builder has validated names and values; the typed collections would only reject or rewrite what is legal.
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                message.Content!.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        if (!string.IsNullOrEmpty(options.UserAgent) && !message.Headers.NonValidated.Contains(UserAgent))
        {
            message.Headers.TryAddWithoutValidation(UserAgent, options.UserAgent);
        }

        return message;
    }

    private static ByteArrayContent EmptyBody() => new([]);
}
