using System;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The retries of a direct send: exponential from 200 milliseconds with jitter, or what the receiver asks for, and never a wait above 30 seconds.
/// </summary>
internal sealed class DirectRetries(TimeProvider timeProvider, ILogger<DirectRetries> logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    // A caller waits for a direct send. Who is asked to wait longer is told so, and decides.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private Retries? _current;

    public ResiliencePipeline<AttemptOutcome> For(int maxAttempts)
    {
        Retries? current = _current;

        // Two threads may both build it after a change of options; either one's serves.
        if (current is null || current.MaxAttempts != maxAttempts)
        {
            current = new Retries(maxAttempts, Build(maxAttempts));
            _current = current;
        }

        return current.Pipeline;
    }

    /// <summary>The failure of a send whose last attempt is <paramref name="last"/>.</summary>
    public static WebhookFailure FailureOf(AttemptOutcome last) =>
        last.MayRetry && IsTooLong(last.RetryAfter) ? WebhookFailure.Throttled : last.Attempt.Failure;

    private static bool IsTooLong(TimeSpan? wait) => wait > LongestDelay;

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
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static arguments =>
                    ValueTask.FromResult(arguments.Outcome.Result is { MayRetry: true } outcome && !IsTooLong(outcome.RetryAfter)),
                DelayGenerator = static arguments => ValueTask.FromResult(arguments.Outcome.Result.RetryAfter),
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
    private sealed record Retries(int MaxAttempts, ResiliencePipeline<AttemptOutcome> Pipeline);
}
