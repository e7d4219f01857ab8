using System;
using System.Net.Http;

namespace Webhooks.Sdk.Http;

/// <summary>
/// How one attempt ended: what is told of it, and what decides whether another follows.
/// </summary>
internal readonly struct AttemptOutcome
{
    private readonly WebhookFailure? _failure;

    public required WebhookRequest Request { get; init; }

    public required WebhookAttempt Attempt { get; init; }

    /// <summary>Gets the failure of a send that ends with this attempt: the attempt's own, or what keeps another one from following.</summary>
    public WebhookFailure Failure { get => _failure ?? Attempt.Failure; init => _failure = value; }

    /// <summary>Gets how long to wait before the next attempt, or null when none follows.</summary>
    public TimeSpan? NextDelay { get; init; }

    /// <summary>Gets the answer, read and disposed, for its headers; null when none came.</summary>
    public HttpResponseMessage? Answer { get; init; }

    public string? ResponseText { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets whether another attempt may help and can do no harm.</summary>
    public bool MayRetry { get; init; }

    /// <summary>Gets whether the receiver, or the way to it, failed: what the endpoint's circuit breaker counts.</summary>
    public bool IsReceiverFault { get; init; }
}
