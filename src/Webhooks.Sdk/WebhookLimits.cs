using System;
using System.Globalization;

namespace Webhooks.Sdk;

/// <summary>
/// What an endpoint allows: one attempt, where that differs from <see cref="WebhookOptions"/>, and all attempts together.
/// </summary>
/// <remarks>
/// <para>
/// Everybody in the process who sends to the endpoint shares what it allows: to a registered name, to a subscription, or to the same instance of an endpoint
/// made in code. No other endpoint does, not even one of the same host.
/// </para>
/// <para>
/// A direct send waits for its turn, for <see cref="MaxWait"/> at most. A durable delivery never does: it is put off, which spends none of its attempts.
/// </para>
/// Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookLimits
{
    internal const int MostBodyBytes = 1024 * 1024 * 1024;
    internal const int MostConcurrency = 10_000;

    internal static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(100);
    internal static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Gets how long one attempt may take, from looking up the name to the last byte that is read of the answer.
    /// </summary>
    /// <value>
    /// Null by default: <see cref="WebhookOptions.AttemptTimeout"/>. Otherwise from 100 milliseconds to 10 minutes.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public TimeSpan? AttemptTimeout
    {
        get;
        init
        {
            if (value < ShortestTimeout || value > LongestTimeout)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"An attempt may take from 100 milliseconds to 10 minutes, not {value.Value:c}."));
            }

            field = value;
        }
    }

    /// <summary>
    /// Gets the most bytes that a body may have. A larger one is not sent.
    /// </summary>
    /// <value>
    /// Null by default: <see cref="WebhookOptions.MaxRequestBodySize"/>. Otherwise from 1 to 1,073,741,824.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public int? MaxRequestBodySize
    {
        get;
        init
        {
            if (value is < 1 or > MostBodyBytes)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"A body may have from 1 to {MostBodyBytes:N0} bytes, not {value.Value:N0}."));
            }

            field = value;
        }
    }

    /// <summary>
    /// Gets how many attempts may be under way to the endpoint at once. Others wait for their turn, for <see cref="MaxWait"/> at most.
    /// </summary>
    /// <value>
    /// Null by default: no limit. Otherwise from 1 to 10,000.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public int? MaxConcurrency
    {
        get;
        init
        {
            if (value is < 1 or > MostConcurrency)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"From 1 to {MostConcurrency:N0} attempts may be under way at once, not {value.Value:N0}."));
            }

            field = value;
        }
    }

    /// <summary>Gets how often the endpoint may be called. Attempts beyond it wait for their turn, for <see cref="MaxWait"/> at most.</summary>
    /// <value>Null by default: no limit.</value>
    public WebhookRate? Rate { get; init; }

    /// <summary>
    /// Gets how long an attempt waits for its turn where <see cref="MaxConcurrency"/> or <see cref="Rate"/> does not let it go at once. One that would wait
    /// longer is not made: it ends as <see cref="WebhookFailure.Paced"/>. The wait is no part of <see cref="AttemptTimeout"/>.
    /// </summary>
    /// <value>
    /// The default value is 30 seconds. From zero, which never waits, to 10 minutes.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public TimeSpan MaxWait
    {
        get;
        init
        {
            if (value < TimeSpan.Zero || value > LongestTimeout)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"An attempt may wait from zero to 10 minutes for its turn, not {value:c}."));
            }

            field = value;
        }
    }
    = TimeSpan.FromSeconds(30);

    /// <summary>Gets when the endpoint is left alone because it keeps failing.</summary>
    /// <value>
    /// Null by default: it never is. A direct send ends by itself, and an open breaker would fail it although this once the receiver might have answered; it pays
    /// where much is sent to an endpoint.
    /// </value>
    public WebhookCircuitBreaker? CircuitBreaker { get; init; }

    internal static WebhookLimits None { get; } = new();

    /// <summary>Gets whether the attempts to the endpoint have anything in common, so that they share a lane.</summary>
    internal bool ShareLane => MaxConcurrency is not null || Rate is not null || CircuitBreaker is not null;

    /// <summary>These limits with a rate that a receiver has granted, unless their own is lower.</summary>
    internal WebhookLimits WithGranted(WebhookRate? rate) => rate is null || Rate?.Interval >= rate.Interval
        ? this
        : new()
        {
            AttemptTimeout = AttemptTimeout,
            MaxRequestBodySize = MaxRequestBodySize,
            MaxConcurrency = MaxConcurrency,
            Rate = rate,
            MaxWait = MaxWait,
            CircuitBreaker = CircuitBreaker,
        };
}
