using System;
using System.Collections.Generic;
using System.Net.Http;
using Webhooks.Sdk.Formats;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <summary>
/// A webhook ready to be sent: method, URL, headers and the bytes of the body.
/// </summary>
/// <remarks>
/// Everything that the SDK sends is one of these. Every attempt sends the same bytes under the same <see cref="Id"/>.
/// Instances are immutable and safe to share between threads, and may be sent more than once.
/// </remarks>
public sealed class WebhookRequest
{
    internal WebhookRequest(
        string id,
        HttpMethod method,
        Uri url,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        string? mediaType,
        bool isIdempotent,
        WebhookEndpoint? endpoint)
    {
        Id = id;
        Method = method;
        Url = url;
        Headers = headers;
        Body = body;
        MediaType = mediaType;
        IsIdempotent = isIdempotent;
        Endpoint = endpoint;
    }

    /// <summary>Gets the request's id: the same for every attempt.</summary>
    public string Id { get; }

    /// <summary>Gets the HTTP method: POST, GET, PUT, DELETE or PATCH.</summary>
    public HttpMethod Method { get; }

    /// <summary>Gets the URL the request is sent to. Its path and query may hold secrets.</summary>
    public Uri Url { get; }

    /// <summary>Gets the headers in the order they are written; the media type is not among them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Gets the bytes of the body; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets the value of the <c>Content-Type</c> header, exactly as it is sent; null when there is no body.</summary>
    public string? MediaType { get; }

    /// <summary>
    /// Gets whether the receiver may get the request twice without harm. When not, an attempt whose fate is unknown (it timed out, or the
    /// connection broke, after it was sent) is not repeated.
    /// </summary>
    /// <value>
    /// True for GET, PUT and DELETE (RFC 9110, section 9.2.2), for events and requests to an endpoint with secrets, signers or an idempotency header (their
    /// <c>webhook-id</c> or key lets the receiver drop duplicates), and for any request said to be so; false for POST and PATCH otherwise.
    /// </value>
    public bool IsIdempotent { get; }

    /// <summary>Gets the endpoint whose rules apply to the request, or null: the defaults, guarded.</summary>
    public WebhookEndpoint? Endpoint { get; }

    /// <summary>Gets when the request is worth nothing any more: from then on no attempt begins.</summary>
    /// <value>Null by default: never.</value>
    public DateTimeOffset? ExpiresAt { get; internal init; }

    /// <summary>Gets whether the request tells of an event, so that it has <c>webhook-id</c> and <c>webhook-timestamp</c> even where it is not signed.</summary>
    internal bool IsEvent => EventType is not null;

    /// <summary>Gets the type of the event that the request tells of, or null.</summary>
    internal string? EventType { get; private init; }

    /// <summary>Gets the trace that the request was published or enqueued in (W3C Trace Context, <c>traceparent</c>), or null: attempts are linked to it.</summary>
    internal string? TraceParent { get; private set; }

    /// <summary>
    /// Gets the endpoint as it is now. One that has moved to another scheme, host or port since the request was composed is no longer the
    /// request's: what it holds is not meant for the receiver that the request goes to.
    /// </summary>
    internal WebhookEndpoint? CurrentEndpoint =>
        Endpoint?.Current is { } current && (current == Endpoint || IsFor(current)) ? current : Endpoint;

    /// <summary>Gets the scheme, host and port of the URL: what may be shown of it.</summary>
    internal string Receiver => ReceiverUrl.Describe(Url);

    /// <summary>Begins a POST request, which hands the receiver something new.</summary>
    /// <param name="url">An absolute <c>http</c> or <c>https</c> URL without user information and fragment, at most 8,192 characters.</param>
    /// <returns>A builder of the request.</returns>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not such a URL.</exception>
    public static WebhookRequestBuilder Post(string url) => new(HttpMethod.Post, ReceiverUrl.Accept(url, nameof(url)));

    /// <inheritdoc cref="Post(string)"/>
    public static WebhookRequestBuilder Post(Uri url) => new(HttpMethod.Post, ReceiverUrl.Accept(url, nameof(url)));

    /// <summary>Begins a GET request, which has no body.</summary>
    /// <inheritdoc cref="Post(string)"/>
    public static WebhookRequestBuilder Get(string url) => new(HttpMethod.Get, ReceiverUrl.Accept(url, nameof(url)));

    /// <inheritdoc cref="Get(string)"/>
    public static WebhookRequestBuilder Get(Uri url) => new(HttpMethod.Get, ReceiverUrl.Accept(url, nameof(url)));

    /// <summary>Begins a PUT request, which replaces what the receiver has.</summary>
    /// <inheritdoc cref="Post(string)"/>
    public static WebhookRequestBuilder Put(string url) => new(HttpMethod.Put, ReceiverUrl.Accept(url, nameof(url)));

    /// <inheritdoc cref="Put(string)"/>
    public static WebhookRequestBuilder Put(Uri url) => new(HttpMethod.Put, ReceiverUrl.Accept(url, nameof(url)));

    /// <summary>Begins a DELETE request, which removes what the receiver has; a body is possible.</summary>
    /// <inheritdoc cref="Post(string)"/>
    public static WebhookRequestBuilder Delete(string url) => new(HttpMethod.Delete, ReceiverUrl.Accept(url, nameof(url)));

    /// <inheritdoc cref="Delete(string)"/>
    public static WebhookRequestBuilder Delete(Uri url) => new(HttpMethod.Delete, ReceiverUrl.Accept(url, nameof(url)));

    /// <summary>Begins a PATCH request, which changes a part of what the receiver has.</summary>
    /// <inheritdoc cref="Post(string)"/>
    public static WebhookRequestBuilder Patch(string url) => new(HttpMethod.Patch, ReceiverUrl.Accept(url, nameof(url)));

    /// <inheritdoc cref="Patch(string)"/>
    public static WebhookRequestBuilder Patch(Uri url) => new(HttpMethod.Patch, ReceiverUrl.Accept(url, nameof(url)));

    /// <summary>Tells whether the request goes to the scheme, host and port that an endpoint's secrets are meant for.</summary>
    internal bool IsFor(WebhookEndpoint endpoint) => ReceiverUrl.HaveSameOrigin(endpoint.Url, Url);

    /// <summary>The same request, as it was published in a trace.</summary>
    internal WebhookRequest PublishedIn(string? traceParent)
    {
        if (traceParent is null)
        {
            return this;
        }

        var request = (WebhookRequest)MemberwiseClone();
        request.TraceParent = traceParent;
        return request;
    }

    /// <summary>Makes the request that tells an endpoint of an event.</summary>
    internal static WebhookRequest Of(WebhookEvent webhookEvent, EventComposition composition, WebhookEndpoint endpoint) =>
        new(
            webhookEvent.Id, HttpMethod.Post, endpoint.Url, HeadersOf(webhookEvent, composition, endpoint), composition.Body, composition.MediaType, isIdempotent: true, endpoint)
        {
            EventType = webhookEvent.Type,
            ExpiresAt = webhookEvent.ExpiresAt,
        };

    /// <summary>Describes the request by method, scheme, host and port; path, query, headers and body may be secret and are not shown.</summary>
    /// <returns>For example <c>POST https://hooks.example</c>.</returns>
    public override string ToString() => $"{Method} {Receiver}";

    // The composition is shared by all endpoints of its format; a header of one endpoint is not.
    private static IReadOnlyList<KeyValuePair<string, string>> HeadersOf(WebhookEvent webhookEvent, EventComposition composition, WebhookEndpoint endpoint) =>
        endpoint.IdempotencyHeader is { } header ? [.. composition.Headers, new(header.Name, header.KeyOf(webhookEvent.Id))] : composition.Headers;
}
