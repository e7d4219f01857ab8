using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>Deletes what is old, in idle time, once an hour and in small slices.</summary>
internal sealed class Retention(DispatcherParts parts)
{
    private const int Slice = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private long? _endedAt;

    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        if (_endedAt is { } endedAt && parts.TimeProvider.GetElapsedTime(endedAt) < Interval)
        {
            return;
        }

        WebhookOutboxOptions options = parts.OutboxOptions;
        int purged =
            await parts.Operations.PurgeAsync(options.FinishedRetention, options.DeadLetterRetention, Slice, cancellationToken).ConfigureAwait(false);

        // One slice a turn: deliveries go first.
        if (purged < Slice)
        {
            _endedAt = parts.TimeProvider.GetTimestamp();
        }
    }
}
