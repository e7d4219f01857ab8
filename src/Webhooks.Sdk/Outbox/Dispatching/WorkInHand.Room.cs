using System;
using System.Collections.Generic;
using System.Linq;

namespace Webhooks.Sdk.Outbox;

/// <content>How much more may be taken in hand, and of whom.</content>
internal sealed partial class WorkInHand
{
    private const int MostInHand = 2048;
    private const int QueuedPerAttempt = 8;
    private const int FewestBeforeForgetting = 1024;

    private readonly PriorityQueue<EndpointQueue, long> _turns = new();
    private int _forgetAt = FewestBeforeForgetting;

    /// <summary>Gets how many deliveries are in hand.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _inHand.Count;
            }
        }
    }

    public bool IsFull => Count >= MostInHand;

    /// <summary>Notes that the store is about to be read.</summary>
    public void BeginReading()
    {
        lock (_lock)
        {
            _releasedSinceReading.Clear();
        }
    }

    /// <summary>
    /// Whether a delivery that was read is in hand, or was when the reading began: it may be done by now, and what was read of it out of date.
    /// </summary>
    public bool IsKnown(long deliveryId)
    {
        lock (_lock)
        {
            return _inHand.Contains(deliveryId) || _releasedSinceReading.Contains(deliveryId);
        }
    }

    /// <summary>Gives how many deliveries of an endpoint are in hand.</summary>
    public int CountOf(string key)
    {
        lock (_lock)
        {
            return _queues.TryGetValue(key, out EndpointQueue? queue) ? queue.InHand : 0;
        }
    }

    /// <summary>Gives the buckets that deliveries in hand belong to.</summary>
    public IReadOnlySet<int> Buckets()
    {
        lock (_lock)
        {
            return _queues.Values.Where(static queue => queue.InHand > 0)
                .Select(static queue => BucketLease.BucketOf(EndpointOf(queue.Key))).ToHashSet();
        }
    }

    public bool IsSick(string key)
    {
        lock (_lock)
        {
            return _queues.TryGetValue(key, out EndpointQueue? queue) && queue.IsSick;
        }
    }

    /// <summary>Gives how many more deliveries of an endpoint may be taken in hand.</summary>
    /// <param name="key">The endpoint.</param>
    /// <param name="ordered">Whether its deliveries keep their order: then the next ones are taken when all before are committed.</param>
    /// <param name="mayRest">Whether an endpoint that is sick or gives no turn is left alone for a while.</param>
    public int RoomFor(string key, bool ordered, bool mayRest)
    {
        lock (_lock)
        {
            _queues.TryGetValue(key, out EndpointQueue? queue);
            int room = Math.Min(MostOf(queue), MostInHand - _inHand.Count);

            if (queue is null)
            {
                return room;
            }

            if (ordered && queue.InHand > 0)
            {
                return 0;
            }

            long now = parts.TimeProvider.GetTimestamp();

            if (mayRest && queue.Pace is { } pace)
            {
                room = now < queue.PutOffUntil ? 0 : Math.Min(room, pace);
            }

            if (!queue.IsSick)
            {
                return Math.Max(0, room - queue.InHand);
            }

            bool rests = mayRest && now < queue.RestsUntil;
            return rests || queue.InHand > 0 ? 0 : Math.Min(1, room);
        }
    }

    /// <summary>Gets how long it is until an endpoint that rests or gave no turn is asked again; null when nobody waits for that.</summary>
    public TimeSpan? TimeToNextTurn
    {
        get
        {
            lock (_lock)
            {
                long now = parts.TimeProvider.GetTimestamp();

                while (_turns.TryPeek(out _, out long at) && at <= now)
                {
                    _turns.Dequeue();
                }

                return _turns.TryPeek(out _, out long next) ? parts.TimeProvider.GetElapsedTime(now, next) : null;
            }
        }
    }

    private int MostOf(EndpointQueue? queue)
    {
        int most = parts.OutboxOptions.MaxConcurrencyPerEndpoint;
        return Math.Min(most, queue?.MaxConcurrency ?? most) * QueuedPerAttempt;
    }

    private void PutOff(EndpointQueue queue, TimeSpan wait)
    {
        long until = parts.TimeProvider.GetTimestamp() + (long)(wait.TotalSeconds * parts.TimeProvider.TimestampFrequency);
        queue.PutOff(until);
        _turns.Enqueue(queue, until);
    }

    // Endpoints that kept a pace and have had nothing to do since; asked when others come.
    private void Forget()
    {
        if (_queues.Count < _forgetAt)
        {
            return;
        }

        long now = parts.TimeProvider.GetTimestamp();

        foreach (EndpointQueue idle in _queues.Values.Where(queue => queue is { InHand: 0, UnderWay: 0, FailuresInARow: 0 } && queue.PutOffUntil <= now).ToList())
        {
            _queues.Remove(idle.Key);
        }

        _forgetAt = Math.Max(FewestBeforeForgetting, 2 * _queues.Count);
    }
}
