using System;
using System.Threading;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// Behind which number events to fan out are read: none waits at or before it, and none will. Rows that are done may lie there for as long as somebody's snapshot
/// is older. Thread-safe.
/// </summary>
/// <remarks>
/// A number is taken by a transaction that has its id already. So when one was read, smaller numbers belong to transactions whose ids had been given by then, and
/// when all of these have ended, what of them waits is visible. Now and then everything is read none the less: numbers begin again when a server takes over that
/// had not received the last of them.
/// </remarks>
internal sealed class PendingPosition(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly WholeReadings _whole = new(timeProvider);
    private long _position;
    private long _candidate;
    private ulong _nextId;

    /// <summary>Gives behind which number to read.</summary>
    public long Next()
    {
        lock (_lock)
        {
            if (_position > 0 && !_whole.IsTime(timeProvider.GetTimestamp()))
            {
                return _position;
            }

            _whole.Begin();
            return 0;
        }
    }

    /// <summary>Notes what was read.</summary>
    /// <param name="after">Behind which number.</param>
    /// <param name="first">The first that was there and has a number, or null.</param>
    public void Note(long after, PendingRow? first)
    {
        lock (_lock)
        {
            if (after == 0)
            {
                _whole.End();
            }

            // Behind a position that has gone back since, nothing is known.
            if (first?.Number is not { } number || after > _position)
            {
                return;
            }

            if (number <= _position)
            {
                (_position, _candidate) = (number - 1, number - 1);
            }
            else if (_candidate > _position && first.OldestId >= _nextId)
            {
                _position = Math.Min(_candidate, number - 1);
            }

            if (_candidate <= _position)
            {
                (_candidate, _nextId) = (number - 1, first.NextId);
            }
        }
    }
}
