using System;
using Webhooks.Sdk.Retry;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// When a delivery is tried again: the schedule of Standard Webhooks 1.0.0, ±20 %, and never before the receiver asks for it.
/// </summary>
internal static class DeliverySchedule
{
    private const double Jitter = 0.2;

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <param name="endpoint">The endpoint, whose schedule it is.</param>
    /// <param name="attempt">The number of the attempt that failed, from 1.</param>
    /// <param name="retryAfter">How long the receiver asks to wait, or null.</param>
    /// <param name="random">From 0 to 1.</param>
    /// <returns>The wait, or null: that was the last attempt.</returns>
    public static TimeSpan? NextDelay(WebhookEndpoint endpoint, int attempt, TimeSpan? retryAfter, double random)
    {
        ArgumentNullException.ThrowIfNull(endpoint);

        if (attempt > Delays.Length)
        {
            return null;
        }

        TimeSpan delay = Delays[attempt - 1] * (1 + (Jitter * ((2 * random) - 1)));
        TimeSpan asked = retryAfter > RetryAfter.Longest ? RetryAfter.Longest : retryAfter ?? TimeSpan.Zero;
        return delay > asked ? delay : asked;
    }
}
