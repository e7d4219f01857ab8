using System;
using System.Collections.Generic;
using System.Threading;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// Things that are handed out in turn, the last one for ever. Thread-safe.
/// </summary>
internal sealed class Turns<T>(T first)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly List<T> _items = [first];
    private int _next;

    public void Add(T item)
    {
        lock (_lock)
        {
            _items.Add(item);
        }
    }

    /// <summary>Makes the last one come <paramref name="count"/> times, itself included, before what is added next.</summary>
    public void RepeatLast(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);

        lock (_lock)
        {
            for (int i = 1; i < count; i++)
            {
                _items.Add(_items[^1]);
            }
        }
    }

    public T Take() => TakeIf(static _ => true)!;

    /// <summary>Takes the next one if it is of the right kind, and otherwise leaves it.</summary>
    public T? TakeIf(Func<T, bool> isRight)
    {
        lock (_lock)
        {
            T item = _items[Math.Min(_next, _items.Count - 1)];

            if (!isRight(item))
            {
                return null;
            }

            // No further than the end: what is added later comes next.
            _next = Math.Min(_next + 1, _items.Count);
            return item;
        }
    }
}
