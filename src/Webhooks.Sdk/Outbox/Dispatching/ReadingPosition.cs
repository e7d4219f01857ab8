using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Where the next reading of due deliveries begins: while there is much to do, behind what was read. Used by one task.
/// </summary>
/// <remarks>
/// What is done may stay in the way of whoever reads from the beginning: a database keeps it as long as somebody's snapshot is older. The beginning is read
/// again now and then, and before the reader rests unless that is costly, because rows may be committed late with an earlier time.
/// </remarks>
internal sealed class ReadingPosition(TimeProvider timeProvider)
{
    // How much later than the time that they are due at deliveries may be committed, and still be seen at once.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(2);

    private readonly WholeReadings _whole = new(timeProvider);
    private DueCursor _next;
    private bool _isNextPage;
    private bool _isSomethingLeft;
    private int[] _buckets = [];

    /// <summary>Gets whether what is read now, page after page, began at the beginning.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether the reader may rest although the beginning was not read: reading it is costly, and its time will come.</summary>
    public bool MayRest(long timestamp) => _whole.IsCostly && !_whole.IsTime(timestamp);

    /// <summary>Gives where to read.</summary>
    /// <param name="buckets">Of which buckets is read: of others than before, from the beginning.</param>
    /// <param name="timestamp">The time of the reading.</param>
    public DueCursor Next(int[] buckets, long timestamp)
    {
        if (!buckets.AsSpan().SequenceEqual(_buckets) || (!_isNextPage && _whole.IsTime(timestamp)))
        {
            _next = default;
        }

        if (_next == default)
        {
            _whole.Begin();
            _isSomethingLeft = false;
        }

        IsWhole = _next == default || (IsWhole && _isNextPage);
        _buckets = buckets;
        return _next;
    }

    /// <summary>What <see cref="Next"/> gave was read.</summary>
    public void Note()
    {
        if (_next == default)
        {
            _whole.End();
        }
    }

    /// <summary>Something that was read may be worked on later, and is not moved.</summary>
    public void Leave() => _isSomethingLeft = true;

    /// <summary>Everything up to a delivery was read, and there is more.</summary>
    public void AfterPage(DueCursor last) => (_next, _isNextPage) = (last, true);

    /// <summary>Everything up to a delivery was taken, and there is no room for more. Default: nothing was.</summary>
    public void AfterLast(DueCursor last) => (_next, _isNextPage) = (_isSomethingLeft ? default : last == default ? _next : last, false);

    /// <summary>Everything was read.</summary>
    public void AfterAll(IReadOnlyList<DueDelivery> due) =>
        (_next, _isNextPage) = (_isSomethingLeft ? default : due.Count > 0 ? new DueCursor(due[^1].DueAt - Overlap, 0) : _next, false);

    /// <summary>Reads from the beginning next.</summary>
    public void Restart() => (_next, _isNextPage) = (default, false);
}
