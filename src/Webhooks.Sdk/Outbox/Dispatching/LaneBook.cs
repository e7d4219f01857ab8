using System;
using System.Collections.Generic;
using System.Linq;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Which lanes have something to do, and where each is read: all lanes now and then, and before the reader rests unless that is costly, and between that those that
/// something new came to. Used by one task.
/// </summary>
/// <remarks>
/// A lane is read from its first delivery that waited when it was last read: what is done before it may stay in the way of whoever reads from the beginning, as
/// long as somebody's snapshot is older. One of which only something new is known is read from its beginning: what waited while it was paused comes first.
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

    /// <summary>Whether the reader may rest although not all lanes were read: reading them is costly, and its time will come.</summary>
    public bool MayRest(long timestamp) => _whole.IsCostly && !_whole.IsTime(timestamp);

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
            if (IsWhole)
            {
                _lanes.Add(lane.EndpointId, new KnownLane(lane.EndpointId, lane.Ordered, lane.Start) { RestsUntil = lane.IsDue ? now : After(Rest, now) });
            }
            else
            {
                NoteNew(lane.EndpointId, lane.Ordered, lane.Start, now);
            }
        }

        _last = Math.Max(_last, reading.Last);
    }

    /// <summary>Gives the lanes in which something may be due.</summary>
    public IReadOnlyList<KnownLane> Due(long timestamp) => [.. _lanes.Values.Where(lane => lane.RestsUntil <= timestamp)];

    /// <summary>Notes what a lane began with when it was read.</summary>
    public void Note(KnownLane lane, DueDelivery? first)
    {
        lane.Note(first);

        if (first is not { IsDue: true })
        {
            lane.RestsUntil = After(Rest, timeProvider.GetTimestamp());
        }
    }

    /// <summary>Notes that deliveries were moved to a lane, all behind a place.</summary>
    public void NoteMoved(string endpointId, bool ordered, DueCursor start) => NoteNew(endpointId, ordered, start, timeProvider.GetTimestamp());

    /// <summary>Reads all lanes next.</summary>
    public void Restart() => _last = 0;

    private void NoteNew(string endpointId, bool ordered, DueCursor start, long now)
    {
        if (!_lanes.TryGetValue(endpointId, out KnownLane? lane))
        {
            _lanes.Add(endpointId, new KnownLane(endpointId, ordered, start: default) { RestsUntil = now });
            return;
        }

        lane.Lower(start);

        // What is new in an order waits for the head.
        if (!lane.Ordered || lane.IsEmpty)
        {
            lane.RestsUntil = now;
        }
    }

    private long After(TimeSpan time, long timestamp) => timestamp + (long)(time.TotalSeconds * timeProvider.TimestampFrequency);
}
