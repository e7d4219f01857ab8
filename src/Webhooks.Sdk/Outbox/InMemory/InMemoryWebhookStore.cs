using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Keeps events in memory: for development and tests, and for events that need not survive the process.
/// </summary>
/// <remarks>
/// Bounded: what is done is forgotten, the oldest first, beyond <c>maxFinished</c> events or when the memory is needed; when what waits fills it, nothing
/// more is taken.
/// </remarks>
internal sealed partial class InMemoryWebhookStore(
    TimeProvider timeProvider, long maxBytes = InMemoryWebhookStore.DefaultMaxBytes, int maxFinished = InMemoryWebhookStore.DefaultMaxFinished)
    : IWebhookStore, IWebhookStoreOperations
{
    public const long DefaultMaxBytes = 256 * 1024 * 1024;
    public const int DefaultMaxFinished = 10_000;

    private readonly Lock _lock = new();
    private readonly WorkSignal _signal = new(timeProvider);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _kept = [];
    private readonly Dictionary<Guid, EventRow> _events = [];
    private readonly Dictionary<(string? Owner, string Key), EventRow> _keys = [];
    private readonly SortedDictionary<long, EventRow> _pending = [];
    private readonly Queue<EventRow> _finished = new();
    private readonly BucketTable _buckets = new();
    private long _lastOrder;
    private long _bytes;

    public WebhookStoreCapabilities Capabilities { get; } = new() { Name = "memory", IsDurable = false };

    // The one clock of the store.
    private DateTimeOffset Now => timeProvider.GetUtcNow();

    public ValueTask OpenAsync(CancellationToken cancellationToken = default) => default;

    public ValueTask<ReadOnlyMemory<byte>> KeepAsync(string name, ReadOnlyMemory<byte> candidate, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _kept.TryAdd(name, candidate.ToArray());
            return new(_kept[name]);
        }
    }

    public ValueTask<IReadOnlyList<StoredEvent>> AppendAsync(
        ReadOnlyMemory<StoredEvent> events, DbTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        if (transaction is not null)
        {
            throw new ArgumentException(
                $"The store is in memory and cannot take part in a {transaction.GetType().Name}. Add UseSqlite(…) or UsePostgreSql(…) of the transaction's database, or publish without it.",
                nameof(transaction));
        }

        var stored = new StoredEvent[events.Length];

        lock (_lock)
        {
            MakeRoom(events.Span);

            for (int i = 0; i < stored.Length; i++)
            {
                stored[i] = Append(events.Span[i]);
            }
        }

        _signal.Set();
        return new(stored);
    }

    public ValueTask<IReadOnlyList<BucketLease>> AcquireAsync(
        string holder, int wanted, TimeSpan length, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_buckets.Acquire(holder, wanted, Now, length));
        }
    }

    public ValueTask<IReadOnlyList<BucketLease>> RenewAsync(string holder, TimeSpan length, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new(_buckets.Renew(holder, Now, length));
        }
    }

    public ValueTask ReleaseAsync(string holder, ReadOnlyMemory<int> buckets, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            _buckets.Release(holder, buckets.Span);
        }

        return default;
    }

    public ValueTask<IReadOnlyList<PendingEvent>> ReadPendingAsync(int limit, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return new([.. _pending.Values.Take(limit).Select(row => new PendingEvent(row.Stored, row.FannedOutTo))]);
        }
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadEventsAsync(ReadOnlyMemory<Guid> keys, CancellationToken cancellationToken = default)
    {
        var found = new List<StoredEvent>(keys.Length);

        lock (_lock)
        {
            foreach (Guid key in keys.Span)
            {
                if (_events.TryGetValue(key, out EventRow? row))
                {
                    found.Add(row.Stored);
                }
            }
        }

        return new(found);
    }

    public ValueTask WaitForWorkAsync(TimeSpan longest, CancellationToken cancellationToken = default) => _signal.WaitAsync(longest, cancellationToken);

    private StoredEvent Append(StoredEvent webhookEvent)
    {
        (string?, string) key = (webhookEvent.Owner, webhookEvent.IdempotencyKey);

        if (_keys.TryGetValue(key, out EventRow? first))
        {
            return first.Stored;
        }

        var row = new EventRow(webhookEvent, Now, ++_lastOrder);
        _keys.Add(key, row);
        _events.Add(webhookEvent.Key, row);
        _pending.Add(row.Order, row);
        _bytes += row.Size;
        return webhookEvent;
    }

    private void MakeRoom(ReadOnlySpan<StoredEvent> events)
    {
        long needed = 0;

        foreach (StoredEvent webhookEvent in events)
        {
            needed += new EventRow(webhookEvent, default, order: 0).Size;
        }

        while (_bytes + needed > maxBytes && _finished.TryDequeue(out EventRow? oldest))
        {
            RemoveEvent(oldest);
        }

        if (_bytes + needed > maxBytes)
        {
            throw new WebhookStoreException(
                string.Create(CultureInfo.InvariantCulture, $"The store in memory is full: {_bytes:N0} of at most {maxBytes:N0} bytes wait for delivery. Use a durable store, or publish less."),
                isTransient: true);
        }
    }

    /// <summary>Notes that something of an event is done, and forgets the oldest finished events beyond the limit.</summary>
    private void NoteFinished(EventRow row)
    {
        if (!row.IsFinished)
        {
            return;
        }

        _finished.Enqueue(row);

        while (_finished.Count > maxFinished)
        {
            RemoveEvent(_finished.Dequeue());
        }
    }

    private void RemoveEvent(EventRow row)
    {
        // A replay since may have given it something to do again; it will be noted again when that is done.
        if (row.IsFinished && _events.Remove(row.Stored.Key))
        {
            _keys.Remove((row.Stored.Owner, row.Stored.IdempotencyKey));
            _bytes -= row.Size;

            foreach (long id in row.Dead.Keys)
            {
                _dead.Remove(id);
            }
        }
    }
}
