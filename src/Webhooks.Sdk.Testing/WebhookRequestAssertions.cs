using System;
using System.Collections.Generic;
using System.Linq;
using Webhooks.Sdk.Testing.Differences;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// What tests assert of a <see cref="WebhookRequest"/>, composed or recorded, in any test framework.
/// </summary>
public static class WebhookRequestAssertions
{
    /// <summary>Asserts the method.</summary>
    /// <param name="request">The request.</param>
    /// <param name="expected">The method, in the case in which it must be, for example <c>POST</c>.</param>
    /// <returns>The request.</returns>
    /// <exception cref="WebhookAssertionException">It is another.</exception>
    public static WebhookRequest AssertMethod(this WebhookRequest request, string expected)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestComparison.Equal("method", expected, request.Method.Method);
        return request;
    }

    /// <summary>Asserts the whole URL, character by character.</summary>
    /// <param name="request">The request.</param>
    /// <param name="expected">The URL, escaped as it is sent.</param>
    /// <returns>The request.</returns>
    /// <exception cref="WebhookAssertionException">It is another.</exception>
    public static WebhookRequest AssertUrl(this WebhookRequest request, string expected)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestComparison.Equal("URL", expected, request.Url.AbsoluteUri);
        return request;
    }

    /// <summary>Asserts that a header is set once, with a value. <c>Content-Type</c> is the media type of the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The header's name, in any case.</param>
    /// <param name="expected">The value, character by character.</param>
    /// <returns>The request.</returns>
    /// <exception cref="WebhookAssertionException">There is no such header, or several, or its value is another.</exception>
    public static WebhookRequest AssertHeader(this WebhookRequest request, string name, string expected)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestComparison.HasHeader(HeadersOf(request), name, expected);
        return request;
    }

    /// <summary>Asserts that a header is not set. <c>Content-Type</c> is the media type of the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The header's name, in any case.</param>
    /// <returns>The request.</returns>
    /// <exception cref="WebhookAssertionException">There is such a header.</exception>
    public static WebhookRequest AssertNoHeader(this WebhookRequest request, string name)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestComparison.HasNoHeader(HeadersOf(request), name);
        return request;
    }

    /// <summary>Asserts that the body is JSON of a value; the order of members, white space and the form of numbers do not count.</summary>
    /// <param name="request">The request.</param>
    /// <param name="expected">The value, as JSON.</param>
    /// <returns>The request.</returns>
    /// <exception cref="WebhookAssertionException">The body is not JSON, or of another value; the message lists the differences.</exception>
    /// <exception cref="ArgumentException"><paramref name="expected"/> is not JSON.</exception>
    public static WebhookRequest AssertJson(this WebhookRequest request, string expected)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestComparison.HasJson(request.Body, expected);
        return request;
    }

    /// <summary>Asserts the body, character by character.</summary>
    /// <param name="request">The request.</param>
    /// <param name="expected">The text, in UTF-8 on the wire; empty for no body.</param>
    /// <returns>The request.</returns>
    /// <exception cref="WebhookAssertionException">The body is another.</exception>
    public static WebhookRequest AssertText(this WebhookRequest request, string expected)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestComparison.HasText(request.Body, expected);
        return request;
    }

    private static IEnumerable<KeyValuePair<string, string>> HeadersOf(WebhookRequest request) =>
        request.MediaType is { } mediaType ? request.Headers.Append(new("Content-Type", mediaType)) : request.Headers;
}
