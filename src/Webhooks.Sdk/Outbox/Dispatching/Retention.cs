using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Deletes what is old, in small slices: in idle time once an hour, or ten times within the shorter retention; and between deliveries when there is no idle
/// time for as long again.
/// </summary>
internal sealed class Retention(DispatcherParts parts)
{
    private const int Slice = 500;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private long? _endedAt;

    /// <summary>Deletes a slice, if it is time to.</summary>
    /// <param name="isIdle">Whether there is nothing else to do.</param>
    /// <param name="cancellationToken">Ends the deletion.</param>
    public async ValueTask RunAsync(bool isIdle, CancellationToken cancellationToken)
    {
        WebhookOutboxOptions options = parts.OutboxOptions;

        if (_endedAt is { } endedAt && parts.TimeProvider.GetElapsedTime(endedAt) < Interval(options) * (isIdle ? 1 : 2))
        {
            return;
        }

        int purged =
            await parts.Operations.PurgeAsync(options.FinishedRetention, options.DeadLetterRetention, Slice, cancellationToken).ConfigureAwait(false);

        // One slice a turn: deliveries go first.
        if (purged < Slice)
        {
            _endedAt = parts.TimeProvider.GetTimestamp();
        }
    }

    private static TimeSpan Interval(WebhookOutboxOptions options)
    {
        TimeSpan shorter = options.FinishedRetention < options.DeadLetterRetention ? options.FinishedRetention : options.DeadLetterRetention;
        return TimeSpan.FromTicks(Math.Clamp(shorter.Ticks / 10, Shortest.Ticks, Longest.Ticks));
    }
}
