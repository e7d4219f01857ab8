using System;
using System.Collections.Generic;
using System.Globalization;

namespace Webhooks.Sdk;

/// <summary>
/// What came of sending a webhook: delivered or not, why not, and every attempt made.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookResult
{
    internal WebhookResult(
        WebhookFailure failure,
        IReadOnlyList<WebhookAttempt> attempts,
        string? responseText,
        IReadOnlyList<KeyValuePair<string, string>> responseHeaders,
        TimeSpan? retryAfter)
    {
        Failure = failure;
        Attempts = attempts;
        ResponseText = responseText;
        ResponseHeaders = responseHeaders;
        RetryAfter = retryAfter;
    }

    /// <summary>Gets whether the receiver accepted the webhook.</summary>
    public bool Succeeded => Failure == WebhookFailure.None;

    /// <summary>Gets why the webhook was not delivered; <see cref="WebhookFailure.None"/> when it was.</summary>
    public WebhookFailure Failure { get; }

    /// <summary>Gets the HTTP status of the last attempt, or null when no answer came.</summary>
    public int? StatusCode => Attempts[^1].StatusCode;

    /// <summary>Gets the attempts in the order they were made; never empty.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts { get; }

    /// <summary>
    /// Gets the text of the last answer, cut off at <see cref="WebhookOptions.MaxResponseBodySize"/> bytes; null when no answer came,
    /// empty when it had no body.
    /// </summary>
    /// <value>
    /// The receiver's own words: they may repeat what was sent, secrets included. The library never logs them.
    /// </value>
    public string? ResponseText { get; }

    /// <summary>
    /// Gets the headers of the last answer as they came, at most 32 KiB of them; empty when no answer came. A header that came several
    /// times is here several times.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders { get; }

    /// <summary>
    /// Gets how long the receiver asked to wait before it is called again, or null when it did not ask in words that can be read.
    /// </summary>
    /// <value>
    /// Read from <c>Retry-After</c> (RFC 9110, section 10.2.3: seconds or a date, a past one being zero), else from <c>X-RateLimit-Reset-After</c>
    /// (seconds), or from where the response rule says, of answers that may be otherwise later: status 408, 425, 429 and 5xx. At most 24 hours. Where nothing was sent
    /// (<see cref="WebhookFailure.Paced"/>, <see cref="WebhookFailure.CircuitOpen"/>), it is the endpoint's own limits that ask.
    /// </value>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// Throws when the webhook was not delivered.
    /// </summary>
    /// <returns>This result.</returns>
    /// <exception cref="WebhookException"><see cref="Succeeded"/> is false.</exception>
    public WebhookResult EnsureSucceeded() => Succeeded ? this : throw new WebhookException(this);

    /// <summary>Describes the result in one line, without the receiver's text or anything secret.</summary>
    /// <returns>For example <c>ReceiverFailed: status 503 after 3 attempts</c>.</returns>
    public override string ToString()
    {
        string outcome = Succeeded ? "Succeeded" : Failure.ToString();
        string status = StatusCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"status {code}") : "no answer";
        string attempts = Attempts.Count == 1 ? "1 attempt" : string.Create(CultureInfo.InvariantCulture, $"{Attempts.Count} attempts");

        return $"{outcome}: {status} after {attempts}";
    }
}
