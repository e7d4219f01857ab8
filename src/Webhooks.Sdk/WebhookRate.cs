using System;
using System.Globalization;

namespace Webhooks.Sdk;

/// <summary>
/// How often an endpoint may be called.
/// </summary>
/// <remarks>
/// Attempts are spaced evenly: with a <see cref="Burst"/> of 1, 120 a minute means one every half second. Instances are immutable and safe to share between
/// threads.
/// </remarks>
public sealed class WebhookRate
{
    internal const int MostAttempts = 1_000_000;

    internal static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(1);

    /// <summary>Creates a rate.</summary>
    /// <param name="attempts">How many attempts a period has. From 1 to 1,000,000.</param>
    /// <param name="period">The period. From 1 second to 1 day.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public WebhookRate(int attempts, TimeSpan period)
    {
        if (attempts is < 1 or > MostAttempts)
        {
            throw new ArgumentOutOfRangeException(
                nameof(attempts), string.Create(CultureInfo.InvariantCulture, $"A rate has from 1 to {MostAttempts:N0} attempts in its period, not {attempts:N0}."));
        }

        if (period < ShortestPeriod || period > LongestPeriod)
        {
            throw new ArgumentOutOfRangeException(
                nameof(period), string.Create(CultureInfo.InvariantCulture, $"The period of a rate is from 1 second to 1 day, not {period:c}."));
        }

        Attempts = attempts;
        Period = period;
    }

    /// <summary>Gets how many attempts a period has.</summary>
    public int Attempts { get; }

    /// <summary>Gets the period.</summary>
    public TimeSpan Period { get; }

    /// <summary>Gets how many attempts may follow each other at once after a rest.</summary>
    /// <value>
    /// The default value is 1. From 1 to 1,000,000. A burst comes on top of the rate: it is saved up while the endpoint rests.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public int Burst
    {
        get;
        init
        {
            if (value is < 1 or > MostAttempts)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value), string.Create(CultureInfo.InvariantCulture, $"A burst is from 1 to {MostAttempts:N0} attempts, not {value:N0}."));
            }

            field = value;
        }
    }
    = 1;

    /// <summary>Gets the time from one attempt to the next.</summary>
    internal TimeSpan Interval => Period / Attempts;

    /// <summary>A rate per second.</summary>
    /// <param name="attempts">How many attempts a second has. From 1 to 1,000,000.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public static WebhookRate PerSecond(int attempts) => new(attempts, TimeSpan.FromSeconds(1));

    /// <summary>A rate per minute.</summary>
    /// <param name="attempts">How many attempts a minute has. From 1 to 1,000,000.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside that range.</exception>
    public static WebhookRate PerMinute(int attempts) => new(attempts, TimeSpan.FromMinutes(1));

    /// <summary>Describes the rate.</summary>
    /// <returns>For example <c>120 per 00:01:00</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Attempts} per {Period:c}");
}
