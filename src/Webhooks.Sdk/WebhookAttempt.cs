using System;
using System.Globalization;

namespace Webhooks.Sdk;

/// <summary>
/// One HTTP request made for a webhook, and how it ended.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads. They hold no URL, header or body, so they can be logged.
/// </remarks>
public sealed class WebhookAttempt
{
    internal WebhookAttempt(int number, DateTimeOffset startedAt, TimeSpan duration, int? statusCode, WebhookFailure failure, string? error)
    {
        Number = number;
        StartedAt = startedAt;
        Duration = duration;
        StatusCode = statusCode;
        Failure = failure;
        Error = error;
    }

    /// <summary>Gets the attempt's number, counted from 1, the first included.</summary>
    public int Number { get; }

    /// <summary>Gets when the attempt began, in UTC.</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Gets how long the attempt took, until the answer was read or the attempt failed.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Gets the HTTP status that the receiver answered with, or null when none came.</summary>
    public int? StatusCode { get; }

    /// <summary>Gets why the attempt did not succeed; <see cref="WebhookFailure.None"/> when it did.</summary>
    public WebhookFailure Failure { get; }

    /// <summary>
    /// Gets the kind of error that the network or the HTTP stack reported (<c>HttpRequestException: ConnectionError</c>), for people
    /// to read; null when there was none. It never holds an address, a URL or text of the receiver's.
    /// </summary>
    public string? Error { get; }

    /// <summary>Gets how long was waited before the next attempt, or null when no other followed.</summary>
    public TimeSpan? NextDelay { get; internal set; }

    /// <summary>Describes the attempt in one line, without anything secret.</summary>
    /// <returns>For example <c>attempt 1: 503, ReceiverFailed</c>.</returns>
    public override string ToString()
    {
        string status = StatusCode?.ToString(CultureInfo.InvariantCulture) ?? Error ?? "no answer";

        return string.Create(CultureInfo.InvariantCulture, $"attempt {Number}: {status}, {Failure}");
    }
}
