using System;
using Microsoft.AspNetCore.Http;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Accepts the URL that a client wants to be called at: byte for byte where that can be, because many are signed.</summary>
internal static class CallbackUrl
{
    /// <exception cref="RequestProblemException">It cannot be called.</exception>
    public static Uri Accept(string text, bool allowHttp)
    {
        Uri url = Parse(text);

        return url.Scheme == Uri.UriSchemeHttps || allowHttp
            ? url
            : throw new RequestProblemException(StatusCodes.Status400BadRequest, "The callback must be an https URL.");
    }

    private static Uri Parse(string text)
    {
        try
        {
            return WebhookUrl.Opaque(text);
        }
        catch (ArgumentException)
        {
            // It has no path, or characters that must be escaped: then nobody has signed it.
        }

        try
        {
            return new WebhookEndpoint(text).Url;
        }
        catch (ArgumentException)
        {
            throw new RequestProblemException(
                StatusCodes.Status400BadRequest,
                "The callback is not an absolute URL with a valid host, without user information and fragment, of at most 8,192 characters.");
        }
    }
}
