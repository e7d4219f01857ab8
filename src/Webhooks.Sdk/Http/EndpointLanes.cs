using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;

namespace Webhooks.Sdk.Http;

/// <summary>
/// The lanes of the endpoints that have limits or a circuit breaker: one for each registered name, one for each subscription and its URL, and one for each
/// endpoint made in code.
/// </summary>
/// <remarks>
/// <para>
/// Endpoints share nothing, not even a lock, so that one that is slow or fails holds no other up. Lanes that remember nothing that counts are let go when new
/// ones come, so that there are about twice as many as are in use, and at least 64.
/// </para>
/// <para>Safe for use by many threads.</para>
/// </remarks>
internal sealed class EndpointLanes(TimeProvider timeProvider, ILogger<EndpointLanes> logger)
{
    private const int FewestBeforeSweep = 64;

    private readonly ConcurrentDictionary<object, EndpointLane> _lanes = new();
    private int _sweepAt = FewestBeforeSweep;

    /// <summary>Gets how many lanes there are.</summary>
    public int Count => _lanes.Count;

    /// <summary>
    /// Asks for a place in the endpoint's lane without waiting, for callers who have something else to do meanwhile.
    /// </summary>
    /// <returns>The place, which the caller hands to <see cref="AttemptSender"/> or disposes; or when to ask again.</returns>
    public Admission TryEnter(WebhookEndpoint endpoint)
    {
        if (!endpoint.Limits.ShareLane)
        {
            return Admission.Granted(LanePlace.Anywhere);
        }

        EndpointLane lane = Join(endpoint);
        Admission admission = default;

        try
        {
            admission = lane.TryEnter(endpoint);
            return admission;
        }
        finally
        {
            LeaveUnless(admission, lane);
        }
    }

    /// <summary>
    /// Asks for a place in the endpoint's lane and waits for it, for <see cref="WebhookLimits.MaxWait"/> at most.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Nothing is kept.</exception>
    public async ValueTask<Admission> EnterAsync(WebhookEndpoint endpoint, CancellationToken cancellationToken)
    {
        EndpointLane lane = Join(endpoint);
        Admission admission = default;

        try
        {
            admission = await lane.EnterAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return admission;
        }
        finally
        {
            LeaveUnless(admission, lane);
        }
    }

    private static void LeaveUnless(Admission admission, EndpointLane lane)
    {
        if (admission.Place is null)
        {
            lane.Leave();
        }
    }

    private EndpointLane Join(WebhookEndpoint endpoint)
    {
        object key = endpoint.LaneKey;

        while (true)
        {
            bool isNew = false;

            if (!_lanes.TryGetValue(key, out EndpointLane? lane))
            {
                lane = _lanes.GetOrAdd(key, new EndpointLane(timeProvider, logger));
                isNew = true;
            }

            if (!lane.TryJoin())
            {
                _lanes.TryRemove(KeyValuePair.Create(key, lane));
                continue;
            }

            if (isNew && _lanes.Count >= Volatile.Read(ref _sweepAt))
            {
                Sweep();
            }

            return lane;
        }
    }

    private void Sweep()
    {
        foreach (KeyValuePair<object, EndpointLane> entry in _lanes)
        {
            if (entry.Value.TryRetire())
            {
                _lanes.TryRemove(entry);
            }
        }

        Volatile.Write(ref _sweepAt, Math.Max(FewestBeforeSweep, 2 * _lanes.Count));
    }
}
