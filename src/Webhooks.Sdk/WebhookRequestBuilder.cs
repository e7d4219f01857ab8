using System;
using System.Collections.Generic;
using System.Net.Http;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <summary>
/// Builds a <see cref="WebhookRequest"/>: begin with <see cref="WebhookRequest.Post(string)"/> and its like, end with <see cref="Build"/>.
/// </summary>
/// <remarks>
/// <c>With…</c> sets, and replaces what was set before; <c>Add…</c> appends. A builder is used once and by one thread. Bytes are copied or made
/// when they are handed in: what happens to the caller's objects afterwards does not reach the request.
/// </remarks>
public sealed partial class WebhookRequestBuilder
{
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
    private DateTimeOffset? _expiresAt;
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
    /// <exception cref="ArgumentException">
    /// <paramref name="headerName"/> or <paramref name="key"/> is not what a header may hold, or <paramref name="key"/> is empty.
    /// </exception>
    public WebhookRequestBuilder WithIdempotencyKey(string headerName, string key)
    {
        ThrowIfBuilt();
        HeaderRules.ValidateName(headerName, nameof(headerName));

        // An empty one would tell no request from another, and yet allow to repeat them.
        ArgumentException.ThrowIfNullOrEmpty(key);
        HeaderRules.ValidateValue(key, nameof(key));
        _idempotencyHeader = headerName;
        _idempotencyKey = key;
        return SetIdempotent(true);
    }

    /// <summary>Says when the request is worth nothing any more; left out, it always is worth something.</summary>
    /// <param name="expiresAt">The time from which on no attempt begins. A retry that would have to wait until then ends the send at once.</param>
    /// <returns>This builder.</returns>
    public WebhookRequestBuilder ExpiresAt(DateTimeOffset expiresAt)
    {
        ThrowIfBuilt();
        _expiresAt = expiresAt.ToUniversalTime();
        return this;
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
        else if (_method != HttpMethod.Get && _endpoint?.IdempotencyHeader is { } header)
        {
            AddIdempotencyHeader(header, id);
        }

        if (_body is null && _headers.Find(header => HeaderRules.IsContentHeader(header.Key)).Key is { } name)
        {
            throw new InvalidOperationException($"The header {name} describes a body, but the request has none. Set a body, or leave the header out.");
        }

        _built = true;

        // A signed request has a webhook-id, by which the receiver drops duplicates.
        bool isIdempotent = _isIdempotent || _endpoint is { IsSigned: true };
        return new WebhookRequest(id, _method, _url, _headers.AsReadOnly(), _body, _mediaType, isIdempotent, _endpoint) { ExpiresAt = _expiresAt };
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

    private void AddIdempotencyHeader(WebhookIdempotencyHeader header, string id)
    {
        _isIdempotent = true;

        // One that the caller set is the key already.
        if (!_headers.Exists(own => own.Key.Equals(header.Name, StringComparison.OrdinalIgnoreCase)))
        {
            _headers.Add(new(header.Name, header.KeyOf(id)));
        }
    }

    private void RemoveHeader(string name) =>
        _headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static void ValidateHeader(string name, string value)
    {
        HeaderRules.ValidateName(name, nameof(name));
        HeaderRules.ValidateValue(value, nameof(value));
    }

    private void ThrowIfBuilt()
    {
        if (_built)
        {
            throw new InvalidOperationException("The builder has built its request already. Begin another one, or send the same request again.");
        }
    }
}
