using System;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Measures one attempt from its beginning, and notes how it ended.
/// </summary>
internal readonly struct AttemptClock(TimeProvider timeProvider, int number)
{
    private readonly long _started = timeProvider.GetTimestamp();

    public DateTimeOffset StartedAt { get; } = timeProvider.GetUtcNow();

    public WebhookAttempt End(int? statusCode, WebhookFailure failure, Exception? error) =>
        new(number, StartedAt, timeProvider.GetElapsedTime(_started), statusCode, failure, error is null ? null : AttemptFault.Describe(error));
}
