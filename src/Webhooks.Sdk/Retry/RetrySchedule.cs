using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Webhooks.Sdk.Retry;

namespace Webhooks.Sdk;

/// <summary>
/// Says when a failed webhook is tried again: the wait after each failed attempt, and by that how many attempts there are.
/// </summary>
/// <remarks>
/// Two schedules of the same waits and the same jitter are equal. Instances are immutable and safe to share between threads.
/// </remarks>
public sealed partial class RetrySchedule : IEquatable<RetrySchedule>
{
    /// <summary>How far a wait may be from the schedule's, where nothing else is said: a fifth.</summary>
    private const double DefaultJitter = 0.2;

    private const int MostAttempts = 100;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    private readonly TimeSpan[] _delays;

    private RetrySchedule(TimeSpan[] delays, double jitter)
    {
        _delays = delays;
        Delays = Array.AsReadOnly(delays);
        Jitter = jitter;
    }

    /// <summary>
    /// Gets the schedule that Standard Webhooks 1.0.0 recommends for durable deliveries: 10 attempts over three days, at once and after waits of 5 s, 5 min, 30 min,
    /// 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each ±20 %.
    /// </summary>
    public static RetrySchedule StandardWebhooks { get; } = new(
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
        ],
        DefaultJitter);

    /// <summary>Gets a schedule like that of Braze: 5 retries in about half an hour, after waits of 1, 2, 4, 8 and 15 min, each ±20 %.</summary>
    public static RetrySchedule Braze { get; } = Exponential(TimeSpan.FromMinutes(1), attempts: 6, longest: TimeSpan.FromMinutes(15));

    /// <summary>
    /// Gets the schedule of direct sends, whose caller waits: 3 attempts, after waits of 200 and 400 ms, each ±50 %. With another
    /// <c>WebhookOptions.MaxAttempts</c> a direct send goes on doubling, up to 30 s.
    /// </summary>
    public static RetrySchedule Immediate { get; } = Exponential(TimeSpan.FromMilliseconds(200), attempts: 3, longest: TimeSpan.FromSeconds(30)).WithJitter(0.5);

    /// <summary>Gets the waits: the first one after the first failed attempt.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; }

    /// <summary>Gets how far a wait may be from the schedule's, as a fraction of it: 0.2 is ±20 %. It keeps deliveries that failed together from coming back together.</summary>
    /// <value>From 0 to 1; 0.2 unless it was set by <see cref="WithJitter"/>.</value>
    public double Jitter { get; }

    /// <summary>Gets the most attempts, the first included.</summary>
    public int MaxAttempts => _delays.Length + 1;

    /// <summary>Makes a schedule of its waits, ±20 %.</summary>
    /// <param name="delays">The wait after each failed attempt but the last: at most 99, each from zero to 7 days. None: there is one attempt.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="delays"/> is null.</exception>
    /// <exception cref="ArgumentException">There are more than 99 waits.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A wait is outside that range.</exception>
    public static RetrySchedule Of(params IEnumerable<TimeSpan> delays)
    {
        ArgumentNullException.ThrowIfNull(delays);
        TimeSpan[] copy = [.. delays];

        if (copy.Length >= MostAttempts)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A schedule has at most {MostAttempts - 1} waits, but there are {copy.Length}."), nameof(delays));
        }

        Array.ForEach(copy, static delay => ThrowIfNoDelay(delay, nameof(delays)));
        return new RetrySchedule(copy, DefaultJitter);
    }

    /// <summary>Makes a schedule whose waits double, ±20 %.</summary>
    /// <param name="first">The wait after the first failed attempt: from zero to 7 days.</param>
    /// <param name="attempts">The most attempts, the first included: from 1 to 100.</param>
    /// <param name="longest">The wait that none is longer than: from <paramref name="first"/> to 7 days.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static RetrySchedule Exponential(TimeSpan first, int attempts, TimeSpan longest)
    {
        ThrowIfNoDelay(first, nameof(first));
        ThrowIfNoDelay(longest, nameof(longest));

        if (longest < first)
        {
            throw new ArgumentOutOfRangeException(
                nameof(longest), string.Create(CultureInfo.InvariantCulture, $"The longest wait, {longest:c}, is shorter than the first, {first:c}."));
        }

        if (attempts is < 1 or > MostAttempts)
        {
            throw new ArgumentOutOfRangeException(
                nameof(attempts), string.Create(CultureInfo.InvariantCulture, $"A schedule has from 1 to {MostAttempts} attempts, not {attempts}."));
        }

        var delays = new TimeSpan[attempts - 1];
        TimeSpan next = first;

        for (int i = 0; i < delays.Length; i++)
        {
            delays[i] = next;

            // Compared before it is doubled: ticks have an end.
            next = next > longest / 2 ? longest : next * 2;
        }

        return new RetrySchedule(delays, DefaultJitter);
    }

    /// <summary>Gives the schedule with another jitter.</summary>
    /// <param name="fraction">How far a wait may be from the schedule's: from 0, exactly the schedule's, to 1, anything from zero to twice as long.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is outside that range.</exception>
    public RetrySchedule WithJitter(double fraction) => fraction is >= 0 and <= 1
        ? new RetrySchedule(_delays, fraction)
        : throw new ArgumentOutOfRangeException(nameof(fraction), string.Create(CultureInfo.InvariantCulture, $"A jitter is from 0 to 1, not {fraction}."));

    /// <summary>Says how long to wait after a failed attempt: a pure function of its arguments.</summary>
    /// <param name="attempt">The number of the attempt that failed, counted from 1.</param>
    /// <param name="retryAfter">
    /// How long the receiver asks to wait, or null. It lengthens the schedule's wait up to 24 hours and never shortens it: a receiver that always says "at once"
    /// would use up the attempts of days in a moment.
    /// </param>
    /// <param name="random">A random number from 0 to 1, which the jitter is made of; 0.5 is no jitter.</param>
    /// <returns>The wait, or null when <paramref name="attempt"/> was the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="attempt"/> is less than 1, <paramref name="retryAfter"/> is negative, or <paramref name="random"/> is not from 0 to 1.
    /// </exception>
    public TimeSpan? NextDelay(int attempt, TimeSpan? retryAfter, double random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(retryAfter ?? TimeSpan.Zero, TimeSpan.Zero, nameof(retryAfter));

        if (random is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(random), string.Create(CultureInfo.InvariantCulture, $"The random number is from 0 to 1, not {random}."));
        }

        if (attempt > _delays.Length)
        {
            return null;
        }

        TimeSpan delay = _delays[attempt - 1] * (1 + (Jitter * ((2 * random) - 1)));
        TimeSpan asked = retryAfter > RetryAfter.Longest ? RetryAfter.Longest : retryAfter ?? TimeSpan.Zero;

        return delay > asked ? delay : asked;
    }

    /// <summary>Finds a schedule by its name, whatever the case; null when there is none.</summary>
    internal static RetrySchedule? Find(string name) =>
        Named.FirstOrDefault(named => named.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static void ThrowIfNoDelay(TimeSpan delay, string paramName)
    {
        if (delay < TimeSpan.Zero || delay > LongestDelay)
        {
            throw new ArgumentOutOfRangeException(
                paramName, string.Create(CultureInfo.InvariantCulture, $"A wait is from zero to {LongestDelay.TotalDays} days, not {delay:c}."));
        }
    }
}
