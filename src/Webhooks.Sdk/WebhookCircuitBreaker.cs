using System;
using System.Globalization;

namespace Webhooks.Sdk;

/// <summary>
/// When an endpoint that keeps failing is left alone, and for how long.
/// </summary>
/// <remarks>
/// <para>
/// Each endpoint has a breaker of its own. Failures are what is the receiver's fault: status 408, 425 and 5xx, a receiver that cannot be reached, time-outs
/// and broken connections. A refusal (another 4xx, 429 included) shows a receiver that works. While the breaker is open, nothing is sent: the result is
/// <see cref="WebhookFailure.CircuitOpen"/>. Then one attempt goes through, and closes the breaker or opens it anew.
/// </para>
/// <para>Instances are immutable and safe to share between threads.</para>
/// </remarks>
public sealed class WebhookCircuitBreaker
{
    internal const int MostThroughput = 1_000_000;

    // Those of Polly's breaker.
    internal static readonly TimeSpan ShortestDuration = TimeSpan.FromMilliseconds(500);
    internal static readonly TimeSpan LongestDuration = TimeSpan.FromDays(1);

    /// <summary>Gets the share of failed attempts that opens the breaker.</summary>
    /// <value>The default value is 0.5. From 0.01 to 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public double FailureRatio
    {
        get;
        init
        {
            // Written so that NaN is refused.
            if (!(value is >= 0.01 and <= 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"The share of failed attempts is from 0.01 to 1, not {value}."));
            }

            field = value;
        }
    }
    = 0.5;

    /// <summary>Gets how many attempts there must have been within <see cref="SamplingDuration"/> before their failures count.</summary>
    /// <value>The default value is 10. From 2 to 1,000,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public int MinimumThroughput
    {
        get;
        init
        {
            if (value is < 2 or > MostThroughput)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"The least number of attempts is from 2 to {MostThroughput:N0}, not {value:N0}."));
            }

            field = value;
        }
    }
    = 10;

    /// <summary>Gets how long an attempt counts.</summary>
    /// <value>The default value is 30 seconds. From 500 milliseconds to 1 day.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public TimeSpan SamplingDuration { get; init => field = Check(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Gets how long the receiver is left alone once the breaker opens.</summary>
    /// <value>The default value is 30 seconds. From 500 milliseconds to 1 day.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public TimeSpan BreakDuration { get; init => field = Check(value); } = TimeSpan.FromSeconds(30);

    internal bool IsLike(WebhookCircuitBreaker other) =>
        (FailureRatio, MinimumThroughput, SamplingDuration, BreakDuration)
        == (other.FailureRatio, other.MinimumThroughput, other.SamplingDuration, other.BreakDuration);

    private static TimeSpan Check(TimeSpan value) => value >= ShortestDuration && value <= LongestDuration
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), string.Create(CultureInfo.InvariantCulture, $"A time of a circuit breaker is from 500 milliseconds to 1 day, not {value:c}."));
}
