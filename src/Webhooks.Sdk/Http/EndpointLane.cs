using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.RateLimiting;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Http;

/// <summary>
/// What the attempts to one endpoint share: how many are under way, how soon the next may follow, and whether the receiver is left alone.
/// </summary>
/// <remarks>
/// The limits are those of the endpoint as it is now. A changed <see cref="WebhookLimits.MaxConcurrency"/> counts anew from there: attempts that began
/// under the old one are not counted. Safe for use by many threads.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A limiter of attempts holds no resource; disposing it would only turn away who waits in it.")]
internal sealed class EndpointLane(TimeProvider timeProvider, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly Pace _pace = new(timeProvider);
    private ConcurrencyLimiter? _concurrency;
    private int _maxConcurrency;
    private EndpointCircuit? _circuit;
    private int _inside;
    private bool _isRetired;

    /// <summary>Enters the lane; whoever did leaves it with <see cref="Leave"/>.</summary>
    /// <returns>False when the lane was retired in the meantime: the endpoint has another one.</returns>
    public bool TryJoin()
    {
        lock (_lock)
        {
            if (_isRetired)
            {
                return false;
            }

            _inside++;
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
        }
    }

    /// <summary>Retires the lane if it remembers nothing that still counts.</summary>
    public bool TryRetire()
    {
        lock (_lock)
        {
            _isRetired = _isRetired || (_inside == 0 && _pace.IsRested && _circuit is not { IsQuiet: false });
            return _isRetired;
        }
    }

    /// <summary>
    /// Asks for a place without waiting. The caller has joined the lane; a place that is granted leaves it when it is disposed.
    /// </summary>
    public Admission TryEnter(WebhookEndpoint endpoint)
    {
        WebhookLimits limits = endpoint.Limits;
        EndpointCircuit? circuit = CircuitOf(endpoint);

        if (circuit?.TimeLeft is { } left && left > TimeSpan.Zero)
        {
            return Admission.CircuitOpen(left);
        }

        RateLimitLease? lease = ConcurrencyOf(limits)?.AttemptAcquire();

        if (lease is { IsAcquired: false })
        {
            lease.Dispose();
            return Admission.Paced(retryAfter: null);
        }

        if (limits.Rate is { } rate && !_pace.TryTake(rate, TimeSpan.Zero, out TimeSpan wait))
        {
            lease?.Dispose();
            return Admission.Paced(wait);
        }

        return Admission.Granted(new LanePlace(this, lease, circuit));
    }

    /// <summary>
    /// Asks for a place and waits for it, for <see cref="WebhookLimits.MaxWait"/> at most. The caller has joined the lane; a place that is granted leaves it
    /// when it is disposed.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Nothing is kept.</exception>
    public async ValueTask<Admission> EnterAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        Admission atOnce = TryEnter(endpoint);
        WebhookLimits limits = endpoint.Limits;

        if (atOnce.Failure != WebhookFailure.Paced || limits.MaxWait == TimeSpan.Zero)
        {
            return atOnce;
        }

        long started = timeProvider.GetTimestamp();
        RateLimitLease? lease = null;

        if (ConcurrencyOf(limits) is { } concurrency)
        {
            lease = await QueueAsync(concurrency, limits.MaxWait, cancellationToken).ConfigureAwait(false);

            if (lease is null)
            {
                return Admission.Paced(retryAfter: null);
            }
        }

        Admission admission = default;

        try
        {
            admission = await WaitForTurnAsync(endpoint, lease, limits.MaxWait - timeProvider.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
            return admission;
        }
        finally
        {
            if (admission.Place is null)
            {
                lease?.Dispose();
            }
        }
    }

    private async ValueTask<RateLimitLease?> QueueAsync(ConcurrencyLimiter concurrency, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);

        try
        {
            return await concurrency.AcquireAsync(permitCount: 1, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private async ValueTask<Admission> WaitForTurnAsync(
        WebhookEndpoint endpoint, RateLimitLease? lease, TimeSpan longest, CancellationToken cancellationToken)
    {
        WebhookRate? rate = endpoint.Limits.Rate;
        TimeSpan wait = TimeSpan.Zero;

        if (rate is not null && !_pace.TryTake(rate, longest > TimeSpan.Zero ? longest : TimeSpan.Zero, out wait))
        {
            return Admission.Paced(wait);
        }

        bool isGranted = false;

        try
        {
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, timeProvider, cancellationToken).ConfigureAwait(false);
            }

            EndpointCircuit? circuit = CircuitOf(endpoint);

            // It may have opened while this one waited.
            if (circuit?.TimeLeft is { } left && left > TimeSpan.Zero)
            {
                return Admission.CircuitOpen(left);
            }

            isGranted = true;
            return Admission.Granted(new LanePlace(this, lease, circuit));
        }
        finally
        {
            if (rate is not null && !isGranted)
            {
                _pace.GiveBack();
            }
        }
    }

    private ConcurrencyLimiter? ConcurrencyOf(WebhookLimits limits)
    {
        if (limits.MaxConcurrency is not { } most)
        {
            return null;
        }

        lock (_lock)
        {
            if (_concurrency is null || _maxConcurrency != most)
            {
                // The one before is not disposed: that would turn away who waits in it.
                _maxConcurrency = most;
                _concurrency = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
                {
                    PermitLimit = most,

                    // Bounded by MaxWait: whoever waits is a send that its caller holds anyway.
                    QueueLimit = int.MaxValue,
                    QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                });
            }

            return _concurrency;
        }
    }

    private EndpointCircuit? CircuitOf(WebhookEndpoint endpoint)
    {
        if (endpoint.Limits.CircuitBreaker is not { } settings)
        {
            return null;
        }

        lock (_lock)
        {
            // Options that are loaded anew make another instance of the same settings.
            if (_circuit is null || (_circuit.Settings != settings && !_circuit.Settings.IsLike(settings)))
            {
                _circuit = new EndpointCircuit(settings, endpoint.ToString(), timeProvider, logger);
            }

            return _circuit;
        }
    }
}
