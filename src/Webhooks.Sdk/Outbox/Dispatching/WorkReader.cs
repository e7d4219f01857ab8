using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>Reads what is due in the buckets of this dispatcher. Used by one task.</summary>
internal sealed class WorkReader
{
    private readonly LeaseKeeper _leases;
    private readonly WorkInHand _hand;
    private readonly DueReader _due;
    private readonly LaneReader _lanes;

    public WorkReader(IWebhookStore store, TimeProvider timeProvider, EndpointSettings settings, LeaseKeeper leases, WorkInHand hand)
    {
        _leases = leases;
        _hand = hand;
        var loader = new WorkLoader(store, hand);
        _lanes = new LaneReader(store, timeProvider, settings, hand, loader);
        _due = new DueReader(store, timeProvider, settings, hand, loader, _lanes);
    }

    /// <summary>Reads once; twice when there was nothing where there should be something new, the second time everything.</summary>
    /// <param name="mayRest">Whether endpoints that are sick or give no turn are left alone for a while, and what is costly to find is found later.</param>
    /// <param name="timestamp">The time of the reading.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Whether something was taken in hand or moved, or there is more to read at once.</returns>
    public async ValueTask<bool> RunAsync(bool mayRest, long timestamp, CancellationToken cancellationToken)
    {
        int[] buckets = _leases.TrustedBuckets();

        if (buckets.Length == 0 || _hand.IsFull)
        {
            return false;
        }

        bool hasRead = await _due.ReadAsync(buckets, mayRest, timestamp, cancellationToken).ConfigureAwait(false);
        hasRead |= await _lanes.ReadAsync(buckets, mayRest, timestamp, cancellationToken).ConfigureAwait(false);

        if (hasRead)
        {
            return true;
        }

        // Only what was not read whole: the other would begin with its first page again.
        if (!_due.IsWhole && !(mayRest && _due.MayRest(timestamp)))
        {
            _due.Restart();
            hasRead = await _due.ReadAsync(buckets, mayRest, timestamp, cancellationToken).ConfigureAwait(false);
        }

        if (!_lanes.IsWhole && !(mayRest && _lanes.MayRest(timestamp)))
        {
            _lanes.Restart();
            hasRead |= await _lanes.ReadAsync(buckets, mayRest, timestamp, cancellationToken).ConfigureAwait(false);
        }

        return hasRead;
    }
}
