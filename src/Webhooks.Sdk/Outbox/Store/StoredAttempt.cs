using System;

namespace Webhooks.Sdk;

/// <summary>
/// One attempt as it is stored. It holds no URL, header or body. Instances are immutable.
/// </summary>
public sealed record StoredAttempt
{
    /// <summary>Gets the number of the attempt, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Gets when it began, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets how long it took. Stores keep whole milliseconds at least.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Gets the HTTP status, or null when no answer came.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets why it failed, or <see cref="WebhookFailure.None"/>.</summary>
    public WebhookFailure Failure { get; init; }

    /// <summary>Gets the kind of error, or null.</summary>
    public string? Error { get; init; }
}
