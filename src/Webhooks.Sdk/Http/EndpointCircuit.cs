using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The circuit breaker of one endpoint.
/// </summary>
/// <remarks>
/// Holds counters of fixed size, whatever the receiver does. Safe for use by many threads.
/// </remarks>
internal sealed class EndpointCircuit
{
    private readonly TimeProvider _timeProvider;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<AttemptOutcome> _pipeline;
    private readonly long _origin;
    private long _openUntil;
    private long _lastUse;

    /// <param name="settings">When it opens, and for how long.</param>
    /// <param name="receiver">Whom the log names.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Is told when it opens and closes.</param>
    public EndpointCircuit(WebhookCircuitBreaker settings, string receiver, TimeProvider timeProvider, ILogger logger)
    {
        Settings = settings;
        _timeProvider = timeProvider;
        _origin = timeProvider.GetTimestamp();
        _pipeline = new ResiliencePipelineBuilder<AttemptOutcome> { TimeProvider = timeProvider }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<AttemptOutcome>
            {
                FailureRatio = settings.FailureRatio,
                MinimumThroughput = settings.MinimumThroughput,
                SamplingDuration = settings.SamplingDuration,
                BreakDuration = settings.BreakDuration,
                StateProvider = _state,
                ShouldHandle = arguments => ValueTask.FromResult(IsFailure(arguments.Outcome)),
                OnOpened = arguments =>
                {
                    Interlocked.Exchange(ref _openUntil, (Now + arguments.BreakDuration).Ticks);
                    Log.CircuitOpened(logger, receiver, arguments.BreakDuration);
                    return default;
                },
                OnClosed = _ =>
                {
                    Interlocked.Exchange(ref _openUntil, 0);
                    Log.CircuitClosed(logger, receiver);
                    return default;
                },
            })
            .Build();
    }

    public WebhookCircuitBreaker Settings { get; }

    /// <summary>Gets how long the breaker stays open, without asking for the one attempt that would test the receiver; zero when it lets attempts through.</summary>
    public TimeSpan TimeLeft => TimeSpan.FromTicks(Math.Max(0, Interlocked.Read(ref _openUntil) - Now.Ticks));

    /// <summary>Gets whether so much time has passed that the breaker can be forgotten: nothing that it counted counts any more.</summary>
    public bool IsQuiet =>
        TimeLeft == TimeSpan.Zero && Now.Ticks - Interlocked.Read(ref _lastUse) >= (Settings.SamplingDuration + Settings.BreakDuration).Ticks;

    private TimeSpan Now => _timeProvider.GetElapsedTime(_origin);

    /// <summary>
    /// Makes an attempt, if the breaker lets it through.
    /// </summary>
    /// <param name="attempt">Makes the attempt.</param>
    /// <param name="state">What it needs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of it; the time to wait when the breaker is open.</returns>
    public async ValueTask<(AttemptOutcome Outcome, TimeSpan? OpenFor)> ExecuteAsync<TState>(
        Func<TState, CancellationToken, ValueTask<AttemptOutcome>> attempt, TState state, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _lastUse, Now.Ticks);
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);

        try
        {
            Outcome<AttemptOutcome> outcome = await _pipeline.ExecuteOutcomeAsync(
                static async (context, call) =>
                    Outcome.FromResult(await call.attempt(call.state, context.CancellationToken).ConfigureAwait(false)),
                context,
                (attempt, state)).ConfigureAwait(false);

            if (outcome.Exception is BrokenCircuitException open)
            {
                return (default, open.RetryAfter ?? TimeLeft);
            }

            outcome.ThrowIfException();
            return (outcome.Result, null);
        }
        finally
        {
            Interlocked.Exchange(ref _lastUse, Now.Ticks);
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // An attempt that ended before the receiver said a word, by the caller's cancellation for one, does not show that it works again.
    private bool IsFailure(Outcome<AttemptOutcome> outcome) =>
        outcome.Exception is null && outcome.Result.IsReceiverFault
        || _state.CircuitState == CircuitState.HalfOpen && outcome is not { Exception: null, Result.Attempt.StatusCode: not null };
}
