using System;
using System.Collections.Generic;
using System.Linq;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Which lanes have something to do, and where each is read: all lanes once a second and before the reader rests, and between that those that something new
/// came to. Used by one task.
/// </summary>
/// <remarks>
/// A lane is read from its first delivery that waited when it was last read: what is done before it may stay in the way of whoever reads from the beginning, as
/// long as somebody's snapshot is older.
/// </remarks>
internal sealed class LaneBook(TimeProvider timeProvider)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly WholeReadings _whole = new(timeProvider);
    private readonly Dictionary<string, KnownLane> _lanes = new(StringComparer.Ordinal);
    private int[] _buckets = [];
    private long _last;

    /// <summary>Gets whether the last reading was of all lanes.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Gives what to read: lanes with something that is newer than this.</summary>
    /// <param name="buckets">Of which buckets is read: of others than before, everything.</param>
    /// <param name="timestamp">The time of the reading.</param>
    public long Next(int[] buckets, long timestamp)
    {
        if (!buckets.AsSpan().SequenceEqual(_buckets) || _whole.IsTime(timestamp))
        {
            Restart();
        }

        _buckets = buckets;
        IsWhole = _last == 0;

        if (IsWhole)
        {
            _whole.Begin();
        }

        return _last;
    }

    /// <summary>Notes what was read.</summary>
    public void Note(LaneReading reading)
    {
        if (IsWhole)
        {
            _whole.End();
            _lanes.Clear();
        }

        long now = timeProvider.GetTimestamp();

        foreach (WaitingLane lane in reading.Lanes)
        {
            var known = new KnownLane(lane.EndpointId, lane.Ordered, lane.Start) { RestsUntil = lane.IsDue ? now : After(Rest, now) };
            _lanes.TryAdd(lane.EndpointId, known);
        }

        _last = Math.Max(_last, reading.Last);
    }

    /// <summary>Gives the lanes in which something may be due.</summary>
    public IReadOnlyList<KnownLane> Due(long timestamp) => [.. _lanes.Values.Where(lane => lane.RestsUntil <= timestamp)];

    /// <summary>Notes what a lane began with when it was read.</summary>
    public void Note(KnownLane lane, DueDelivery? first)
    {
        if (first is { } delivery)
        {
            lane.Start = Before(delivery);
        }
        else if (lane.Ordered)
        {
            // There is nothing at all in it.
            _lanes.Remove(lane.EndpointId);
            return;
        }

        if (first is not { IsDue: true })
        {
            lane.RestsUntil = After(Rest, timeProvider.GetTimestamp());
        }
    }

    /// <summary>Deliveries were moved to a lane, which is not ordered.</summary>
    public void NoteMoved(string endpointId, DueDelivery first)
    {
        if (!_lanes.TryGetValue(endpointId, out KnownLane? lane))
        {
            _lanes.Add(endpointId, new KnownLane(endpointId, ordered: false, Before(first)));
        }
        else if (first.DueAt < lane.Start.DueAt || (first.DueAt == lane.Start.DueAt && first.Id <= lane.Start.DeliveryId))
        {
            lane.Start = Before(first);
        }
    }

    /// <summary>Reads all lanes next.</summary>
    public void Restart() => _last = 0;

    private static DueCursor Before(DueDelivery delivery) => new(delivery.DueAt, delivery.Id - 1);

    private long After(TimeSpan time, long timestamp) => timestamp + (long)(time.TotalSeconds * timeProvider.TimestampFrequency);
}
