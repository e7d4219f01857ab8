using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The retries of a direct send: <see cref="RetrySchedule.Immediate"/>, as far as <see cref="WebhookOptions.MaxAttempts"/> goes, or what the receiver asks for,
/// and never a wait above 30 seconds.
/// </summary>
internal sealed class DirectRetries(TimeProvider timeProvider, ILogger<DirectRetries> logger)
{
    // A caller waits for a direct send. Who is asked to wait longer is told so, and decides.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private Retries? _current;

    public ResiliencePipeline<AttemptOutcome> For(int maxAttempts) => Get(maxAttempts).Pipeline;

    /// <summary>Decides whether another attempt follows this one, and when: what the receiver asks for, else the schedule.</summary>
    /// <param name="outcome">How the attempt ended.</param>
    /// <param name="maxAttempts">The most attempts, the first included.</param>
    /// <param name="expiresAt">The time from which on none may begin, or null.</param>
    public AttemptOutcome Plan(AttemptOutcome outcome, int maxAttempts, DateTimeOffset? expiresAt)
    {
        if (!outcome.MayRetry)
        {
            return outcome;
        }

        if (outcome.RetryAfter > LongestDelay)
        {
            return outcome with { Failure = WebhookFailure.Throttled };
        }

        if (Get(maxAttempts).Schedule.NextDelay(outcome.Attempt.Number, retryAfter: null, Random.Shared.NextDouble()) is not { } scheduled)
        {
            return outcome;
        }

        // What the receiver asks for is taken at its word, "at once" too: the attempts are few, and the caller waits.
        TimeSpan delay = outcome.RetryAfter ?? (scheduled > LongestDelay ? LongestDelay : scheduled);

        return timeProvider.GetUtcNow() + delay >= expiresAt
            ? outcome with { Failure = WebhookFailure.Expired }
            : outcome with { NextDelay = delay };
    }

    private Retries Get(int maxAttempts)
    {
        Retries? current = _current;

        // Two threads may both build it after a change of options; either one's serves.
        if (current is null || current.Schedule.MaxAttempts != maxAttempts)
        {
            RetrySchedule schedule = RetrySchedule.Exponential(RetrySchedule.Immediate.Delays[0], maxAttempts, LongestDelay).WithJitter(RetrySchedule.Immediate.Jitter);
            current = new Retries(schedule, Build(maxAttempts));
            _current = current;
        }

        return current;
    }

    private ResiliencePipeline<AttemptOutcome> Build(int maxAttempts)
    {
        if (maxAttempts == 1)
        {
            return ResiliencePipeline<AttemptOutcome>.Empty;
        }

        return new ResiliencePipelineBuilder<AttemptOutcome> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<AttemptOutcome>
            {
                MaxRetryAttempts = maxAttempts - 1,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result.NextDelay is not null),
                DelayGenerator = static arguments => ValueTask.FromResult(arguments.Outcome.Result.NextDelay),
                OnRetry = arguments =>
                {
                    AttemptOutcome outcome = arguments.Outcome.Result;
                    outcome.Attempt.NextDelay = arguments.RetryDelay;
                    Log.AttemptFailed(logger, outcome.Request, outcome.Attempt, maxAttempts, arguments.RetryDelay);
                    return default;
                },
            })
            .Build();
    }

    // A reference, so that both are seen together by every thread.
    private sealed record Retries(RetrySchedule Schedule, ResiliencePipeline<AttemptOutcome> Pipeline);
}
