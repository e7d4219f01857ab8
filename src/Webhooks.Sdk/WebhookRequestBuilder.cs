using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Webhooks.Sdk.Http;
using Webhooks.Sdk.Json;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <summary>
/// Builds a <see cref="WebhookRequest"/>: begin with <see cref="WebhookRequest.Post(string)"/> and its like, end with <see cref="Build"/>.
/// </summary>
/// <remarks>
/// <c>With…</c> sets, and replaces what was set before; <c>Add…</c> appends. A builder is used once and by one thread. Bytes are copied or made
/// when they are handed in: what happens to the caller's objects afterwards does not reach the request.
/// </remarks>
public sealed class WebhookRequestBuilder
{
    private const string JsonMediaType = "application/json";
    private const string FormMediaType = "application/x-www-form-urlencoded";

    private readonly HttpMethod _method;
    private readonly Uri _url;
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private string? _id;
    private byte[]? _body;
    private string? _mediaType;
    private bool _isIdempotent;
    private string? _idempotencyHeader;
    private string? _idempotencyKey;
    private WebhookEndpoint? _endpoint;
    private bool _built;

    internal WebhookRequestBuilder(HttpMethod method, Uri url)
    {
        _method = method;
        _url = url;
        _isIdempotent = method == HttpMethod.Get || method == HttpMethod.Put || method == HttpMethod.Delete;
    }

    /// <summary>Sets the id of the request; left out, a fresh one is made.</summary>
    /// <param name="id">1 to 64 of the characters <c>A-Z a-z 0-9 _ -</c>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is not such an id.</exception>
    public WebhookRequestBuilder WithId(string id)
    {
        ThrowIfBuilt();
        WebhookId.Validate(id, nameof(id));
        _id = id;
        return this;
    }

    /// <summary>Sets a header, and takes the place of one of the same name.</summary>
    /// <param name="name">
    /// A token (RFC 9110, section 5.6.2). Names that the SDK or the connection sets itself are refused: <c>Host</c>, <c>Content-Length</c>,
    /// <c>Content-Type</c> (it comes with the body), <c>Transfer-Encoding</c>, <c>Connection</c>, <c>webhook-…</c> and their like.
    /// </param>
    /// <param name="value">Visible ASCII, spaces and tabs; no control characters, and no space at either end.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="value"/> is not as said.</exception>
    public WebhookRequestBuilder WithHeader(string name, string value)
    {
        ThrowIfBuilt();
        ValidateHeader(name, value);
        RemoveHeader(name);
        _headers.Add(new(name, value));
        return this;
    }

    /// <summary>Appends a header, beside one of the same name.</summary>
    /// <inheritdoc cref="WithHeader"/>
    public WebhookRequestBuilder AddHeader(string name, string value)
    {
        ThrowIfBuilt();
        ValidateHeader(name, value);
        _headers.Add(new(name, value));
        return this;
    }

    /// <summary>Sets the body to <paramref name="value"/> as JSON, with the media type <c>application/json</c>.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value; serialized now, once.</param>
    /// <param name="jsonTypeInfo">How the type is written, from a <c>JsonSerializerContext</c> of yours.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The method is GET.</exception>
    public WebhookRequestBuilder WithJson<T>(T value, JsonTypeInfo<T> jsonTypeInfo)
    {
        ArgumentNullException.ThrowIfNull(jsonTypeInfo);
        ThrowIfNoBodyAllowed();

        return SetBody(JsonSerializer.SerializeToUtf8Bytes(value, jsonTypeInfo), JsonMediaType);
    }

    /// <summary>Sets the body to a JSON object of <paramref name="pairs"/>, with the media type <c>application/json</c>.</summary>
    /// <typeparam name="TValue">The type of the values, <see cref="object"/> for values of several types.</typeparam>
    /// <param name="pairs">
    /// The members in their order, each name once. Values may be null, text, <see cref="bool"/>, numbers, dates and times, <see cref="Guid"/>,
    /// <see cref="Uri"/>, <see cref="JsonElement"/>, nested pairs, and lists of these.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pairs"/> is null.</exception>
    /// <exception cref="ArgumentException">A name comes twice, or a value is of another type.</exception>
    /// <exception cref="InvalidOperationException">The method is GET.</exception>
    public WebhookRequestBuilder WithJson<TValue>(IEnumerable<KeyValuePair<string, TValue>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ThrowIfNoBodyAllowed();

        using var buffer = new PooledBufferWriter();
        var writer = new WebhookJsonWriter(buffer);
        JsonPairs.Write(ref writer, pairs);
        writer.Flush();

        return SetBody(buffer.WrittenSpan.ToArray(), JsonMediaType);
    }

    /// <summary>
    /// Sets the body to form fields, with the media type <c>application/x-www-form-urlencoded</c>. A space is written as <c>%20</c>.
    /// </summary>
    /// <typeparam name="TValue">The type of the values, <see cref="object"/> for values of several types.</typeparam>
    /// <param name="pairs">
    /// The fields in their order; a name may come more than once, a null value is left out. Values may be text, <see cref="bool"/>, numbers and
    /// <see cref="Guid"/>, written in the invariant culture; a date is handed in as text, in the format that the receiver wants.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="pairs"/> is null.</exception>
    /// <exception cref="ArgumentException">A name is empty, or a value is of another type.</exception>
    /// <exception cref="InvalidOperationException">The method is GET.</exception>
    public WebhookRequestBuilder WithForm<TValue>(IEnumerable<KeyValuePair<string, TValue>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ThrowIfNoBodyAllowed();

        return SetBody(FormBody.Write(pairs, nameof(pairs)), FormMediaType);
    }

    /// <summary>Sets the body to <paramref name="text"/> in UTF-8.</summary>
    /// <param name="text">The text; half of a surrogate pair becomes U+FFFD.</param>
    /// <param name="mediaType">The media type, sent exactly so, for example <c>application/xml</c> or <c>text/plain; charset=utf-8</c>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> or <paramref name="mediaType"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="mediaType"/> is not a media type (RFC 9110, section 8.3.1).</exception>
    /// <exception cref="InvalidOperationException">The method is GET.</exception>
    public WebhookRequestBuilder WithText(string text, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(text);
        HeaderRules.ValidateMediaType(mediaType, nameof(mediaType));
        ThrowIfNoBodyAllowed();

        return SetBody(Encoding.UTF8.GetBytes(text), mediaType);
    }

    /// <summary>Sets the body to a copy of <paramref name="body"/>.</summary>
    /// <param name="body">The bytes, sent as they are.</param>
    /// <param name="mediaType">The media type, sent exactly so.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mediaType"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="mediaType"/> is not a media type (RFC 9110, section 8.3.1).</exception>
    /// <exception cref="InvalidOperationException">The method is GET.</exception>
    public WebhookRequestBuilder WithBody(ReadOnlyMemory<byte> body, string mediaType)
    {
        HeaderRules.ValidateMediaType(mediaType, nameof(mediaType));
        ThrowIfNoBodyAllowed();

        return SetBody(body.ToArray(), mediaType);
    }

    /// <summary>
    /// Sets the endpoint whose rules the request is sent under.
    /// </summary>
    /// <param name="endpoint">An endpoint of the same scheme, host and port as the request's URL: what it holds is meant for that receiver.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="endpoint"/> belongs to another scheme, host or port.</exception>
    public WebhookRequestBuilder WithEndpoint(WebhookEndpoint endpoint)
    {
        ThrowIfBuilt();
        ArgumentNullException.ThrowIfNull(endpoint);

        // An endpoint's credential and trust must not follow a request to somebody else.
        if (!ReceiverUrl.HaveSameOrigin(endpoint.Url, _url))
        {
            throw new ArgumentException(
                $"The endpoint belongs to {ReceiverUrl.Describe(endpoint.Url)}, but the request goes to {ReceiverUrl.Describe(_url)}. "
                + "Use an endpoint of the same scheme, host and port.",
                nameof(endpoint));
        }

        _endpoint = endpoint;
        return this;
    }

    /// <summary>Says that the receiver may get the request twice without harm, so that an attempt whose fate is unknown is repeated.</summary>
    /// <returns>This builder.</returns>
    public WebhookRequestBuilder AsIdempotent() => SetIdempotent(true);

    /// <summary>
    /// Sends the request's <see cref="WebhookRequest.Id"/> in the header <paramref name="headerName"/>, by which the receiver recognises a repeated
    /// attempt, and says that the request is idempotent.
    /// </summary>
    /// <param name="headerName">The header, for example <c>Idempotency-Key</c>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="headerName"/> is not a token, or reserved.</exception>
    public WebhookRequestBuilder WithIdempotencyKey(string headerName)
    {
        ThrowIfBuilt();
        HeaderRules.ValidateName(headerName, nameof(headerName));
        _idempotencyHeader = headerName;
        _idempotencyKey = null;
        return SetIdempotent(true);
    }

    /// <summary>
    /// Sends <paramref name="key"/> in the header <paramref name="headerName"/>, by which the receiver recognises a repeated attempt, and says
    /// that the request is idempotent.
    /// </summary>
    /// <param name="headerName">The header, for example <c>X-Line-Retry-Key</c>.</param>
    /// <param name="key">The key in the form that the receiver wants, for example a UUID; the same for every attempt.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="headerName"/> or <paramref name="key"/> is not what a header may hold.</exception>
    public WebhookRequestBuilder WithIdempotencyKey(string headerName, string key)
    {
        ThrowIfBuilt();
        HeaderRules.ValidateName(headerName, nameof(headerName));
        HeaderRules.ValidateValue(key, nameof(key));
        _idempotencyHeader = headerName;
        _idempotencyKey = key;
        return SetIdempotent(true);
    }

    /// <summary>Makes the request. The builder is spent by it.</summary>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidOperationException">
    /// The builder was used before, or a header that describes a body was set and there is none.
    /// </exception>
    public WebhookRequest Build()
    {
        ThrowIfBuilt();
        string id = _id ?? WebhookId.NewRequestId();

        if (_idempotencyHeader is not null)
        {
            RemoveHeader(_idempotencyHeader);
            _headers.Add(new(_idempotencyHeader, _idempotencyKey ?? id));
        }

        if (_body is null && _headers.Find(header => HeaderRules.IsContentHeader(header.Key)).Key is { } name)
        {
            throw new InvalidOperationException($"The header {name} describes a body, but the request has none. Set a body, or leave the header out.");
        }

        _built = true;
        return new WebhookRequest(id, _method, _url, _headers.AsReadOnly(), _body, _mediaType, _isIdempotent, _endpoint);
    }

    /// <summary>Describes the request by method, scheme, host and port.</summary>
    /// <returns>For example <c>POST https://hooks.example</c>.</returns>
    public override string ToString() => $"{_method} {ReceiverUrl.Describe(_url)}";

    internal WebhookRequestBuilder SetIdempotent(bool isIdempotent)
    {
        ThrowIfBuilt();
        _isIdempotent = isIdempotent;
        return this;
    }

    private WebhookRequestBuilder SetBody(byte[] body, string mediaType)
    {
        _body = body;
        _mediaType = mediaType;
        return this;
    }

    private void RemoveHeader(string name) =>
        _headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static void ValidateHeader(string name, string value)
    {
        HeaderRules.ValidateName(name, nameof(name));
        HeaderRules.ValidateValue(value, nameof(value));
    }

    private void ThrowIfNoBodyAllowed()
    {
        ThrowIfBuilt();

        if (_method == HttpMethod.Get)
        {
            throw new InvalidOperationException("A GET request has no body. Put the values into the query (WebhookUrl), or use POST, PUT, PATCH or DELETE.");
        }
    }

    private void ThrowIfBuilt()
    {
        if (_built)
        {
            throw new InvalidOperationException("The builder has built its request already. Begin another one, or send the same request again.");
        }
    }
}
