using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Webhooks.Sdk.Json;
using Webhooks.Sdk.Urls;

namespace Webhooks.Sdk;

/// <content>What a body can be made of.</content>
public sealed partial class WebhookRequestBuilder
{
    private const string JsonMediaType = "application/json";
    private const string FormMediaType = "application/x-www-form-urlencoded";

    /// <summary>Sets the body to <paramref name="value"/> as JSON, with the media type <c>application/json</c>.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value; serialized now, once.</param>
    /// <param name="jsonTypeInfo">
    /// How the type is written, from a <c>JsonSerializerContext</c> of yours. Where its options name no <c>Encoder</c>, text is escaped as RFC 8259
    /// requires and hardly more: <c>é</c> stays <c>é</c>.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="jsonTypeInfo"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The method is GET.</exception>
    public WebhookRequestBuilder WithJson<T>(T value, JsonTypeInfo<T> jsonTypeInfo)
    {
        ArgumentNullException.ThrowIfNull(jsonTypeInfo);
        ThrowIfNoBodyAllowed();

        return SetBody(TypedJson.ToUtf8Bytes(value, jsonTypeInfo), JsonMediaType);
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

        return SetBody(JsonPairs.ToUtf8Bytes(pairs), JsonMediaType);
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

    private WebhookRequestBuilder SetBody(byte[] body, string mediaType)
    {
        _body = body;
        _mediaType = mediaType;
        return this;
    }

    private void ThrowIfNoBodyAllowed()
    {
        ThrowIfBuilt();

        if (_method == HttpMethod.Get)
        {
            throw new InvalidOperationException("A GET request has no body. Put the values into the query (WebhookUrl), or use POST, PUT, PATCH or DELETE.");
        }
    }
}
