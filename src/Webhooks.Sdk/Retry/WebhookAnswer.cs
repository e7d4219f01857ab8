using System;
using System.Net.Http.Headers;

namespace Webhooks.Sdk;

/// <summary>
/// A receiver's answer as a response rule sees it: the status, the headers, and the beginning of the body.
/// </summary>
public readonly ref struct WebhookAnswer
{
    private readonly HttpResponseHeaders? _headers;
    private readonly string? _text;

    /// <summary>Makes an answer without headers, whose whole body is known: to try a rule.</summary>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="text">The text of the body.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public WebhookAnswer(int statusCode, string text)
        : this(statusCode, headers: null, text, isComplete: true)
    {
    }

    /// <summary>Makes an answer.</summary>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="headers">The headers, or null for none.</param>
    /// <param name="text">The text of the body, as far as it was read.</param>
    /// <param name="isComplete">Whether the body was read to its end, rather than cut or broken off.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public WebhookAnswer(int statusCode, HttpResponseHeaders? headers, string text, bool isComplete)
    {
        ArgumentNullException.ThrowIfNull(text);
        StatusCode = statusCode;
        _headers = headers;
        _text = text;
        IsComplete = isComplete;
    }

    /// <summary>Gets the HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>Gets the text of the body, as far as it was read: at most <c>MaxResponseBodySize</c> bytes of it. It may repeat secrets.</summary>
    public string Text => _text ?? string.Empty;

    /// <summary>Gets whether the body was read to its end. When not, <see cref="Text"/> is only how it begins: <c>20</c> may be half of <c>200</c>.</summary>
    public bool IsComplete { get; }

    /// <summary>Gives the value of a header, or null when it did not come. Several values are joined by a comma and a space.</summary>
    /// <param name="name">The header's name; upper and lower case are the same. Those that describe the body, <c>Content-Type</c> for one, are not known here.</param>
    /// <returns>The value as it came, neither parsed nor trusted.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public string? Header(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        return _headers is not null && _headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString() : null;
    }
}
