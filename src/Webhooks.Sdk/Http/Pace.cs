using System;
using System.Threading;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Spaces attempts evenly: the generic cell rate algorithm (ITU-T I.371), whose whole state is when the next attempt is due.
/// </summary>
/// <remarks>
/// Not the token bucket of System.Threading.RateLimiting: that one reads the stopwatch instead of a <see cref="TimeProvider"/>, runs a timer for each
/// bucket, and has a rate that is fixed for good, while an endpoint's is read anew for each attempt. Safe for use by many threads.
/// </remarks>
internal sealed class Pace(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly long _origin = timeProvider.GetTimestamp();

    private TimeSpan _next;
    private TimeSpan _interval;

    /// <summary>Gets whether everything that was held back has gone: nothing is lost when the pace is forgotten.</summary>
    public bool IsRested
    {
        get
        {
            lock (_lock)
            {
                return _next <= Now;
            }
        }
    }

    private TimeSpan Now => timeProvider.GetElapsedTime(_origin);

    /// <summary>
    /// Takes the next turn, unless it is further away than <paramref name="longest"/>.
    /// </summary>
    /// <param name="rate">The rate of now.</param>
    /// <param name="longest">The longest wait.</param>
    /// <param name="wait">How far away the turn is.</param>
    /// <returns>Whether the turn was taken. It is given back with <see cref="GiveBack"/>.</returns>
    public bool TryTake(WebhookRate rate, TimeSpan longest, out TimeSpan wait)
    {
        lock (_lock)
        {
            TimeSpan now = Now;

            if (rate.Interval != _interval)
            {
                // Turns of another rate would let the endpoint wait for what is no longer asked.
                _interval = rate.Interval;
                _next = TimeSpan.FromTicks(Math.Min(_next.Ticks, (now + _interval).Ticks));
            }

            TimeSpan next = _next > now ? _next : now;
            wait = next - (_interval * (rate.Burst - 1)) - now;

            if (wait < TimeSpan.Zero)
            {
                wait = TimeSpan.Zero;
            }

            if (wait > longest)
            {
                return false;
            }

            _next = next + _interval;
            return true;
        }
    }

    /// <summary>Gives a turn back that nobody used.</summary>
    public void GiveBack()
    {
        lock (_lock)
        {
            _next -= _interval;
        }
    }
}
