using System;
using Webhooks.Sdk.Json;

namespace Webhooks.Sdk;

public sealed partial class WebhookRequestBuilder
{
    /// <summary>Sets the body to <paramref name="data"/> as JSON, with the media type <c>application/json</c>.</summary>
    /// <typeparam name="TData">A type with <see cref="WebhookDataAttribute"/>.</typeparam>
    /// <param name="data">The data; written now, once.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The method is GET, or the data cannot be written as JSON: a number is NaN or infinite, or objects nest deeper than 64.
    /// </exception>
    public WebhookRequestBuilder WithJson<TData>(TData data)
        where TData : IWebhookData
    {
        WebhookData.ThrowIfNull(data);
        ThrowIfNoBodyAllowed();

        return SetBody(WebhookData.ToUtf8Bytes(data), JsonMediaType);
    }
}
