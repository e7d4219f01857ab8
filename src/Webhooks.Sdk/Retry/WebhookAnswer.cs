using System.Net.Http.Headers;

namespace Webhooks.Sdk.Retry;

/// <summary>
/// A receiver's answer as a response rule sees it.
/// </summary>
/// <param name="statusCode">The HTTP status.</param>
/// <param name="headers">The headers.</param>
/// <param name="text">The text of the body, as far as it was read.</param>
/// <param name="isComplete">Whether the body was read to its end or to the cap, rather than broken off.</param>
internal readonly ref struct WebhookAnswer(int statusCode, HttpResponseHeaders headers, string text, bool isComplete)
{
    public int StatusCode { get; } = statusCode;

    public HttpResponseHeaders Headers { get; } = headers;

    public string Text { get; } = text;

    public bool IsComplete { get; } = isComplete;
}
