using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// Stores what many publishers hand over at once by few statements: what comes in while one is under way makes up the next. Thread-safe.
/// </summary>
/// <param name="append">Stores events, all or none, and gives for each the one that is stored under its key. Storing them again changes nothing.</param>
internal sealed class GroupWriter(Func<StoredEvent[], Task<IReadOnlyList<StoredEvent>>> append)
{
    private const int MaxGroup = 250;
    private const int MaxWriters = 4;

    // Few large groups cost the server less than many small ones: another writer begins when this many wait for each that writes.
    private const int WaitingPerWriter = 64;
    private const int Retries = 2;

    private readonly Lock _lock = new();
    private readonly Queue<AppendIntent> _queue = new();
    private int _waiting;
    private int _writers;

    /// <summary>Stores events.</summary>
    /// <returns>A task that ends when they are durable.</returns>
    public Task<IReadOnlyList<StoredEvent>> WriteAsync(StoredEvent[] events, CancellationToken cancellationToken)
    {
        var intent = new AppendIntent(events, cancellationToken);

        lock (_lock)
        {
            _queue.Enqueue(intent);
            _waiting += events.Length;

            if (_writers == MaxWriters || _waiting < _writers * WaitingPerWriter)
            {
                return intent.Task;
            }

            _writers++;
        }

        _ = Task.Run(WriteAllAsync, CancellationToken.None);
        return intent.Task;
    }

    private async Task WriteAllAsync()
    {
        while (Take() is { Count: > 0 } group)
        {
            await WriteGroupAsync(group).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the next group; when there is none, the writer has ended.</summary>
    private List<AppendIntent> Take()
    {
        var group = new List<AppendIntent>();
        int events = 0;

        lock (_lock)
        {
            while (_queue.TryPeek(out AppendIntent? next) && (group.Count == 0 || events + next.Events.Length <= MaxGroup))
            {
                _queue.Dequeue();
                _waiting -= next.Events.Length;

                if (!next.TryCancel())
                {
                    group.Add(next);
                    events += next.Events.Length;
                }
            }

            if (group.Count == 0)
            {
                _writers--;
            }
        }

        return group;
    }

    private async Task WriteGroupAsync(List<AppendIntent> group)
    {
        Exception? failure = await TryWriteAsync(group).ConfigureAwait(false);

        // Connections of the pool are found dead by the first use after a restart of the server. What was stored none the less is found by its keys.
        for (int i = 0; i < Retries && failure is WebhookStoreException { IsTransient: true }; i++)
        {
            failure = await TryWriteAsync(group).ConfigureAwait(false);
        }

        if (failure is null)
        {
            return;
        }

        if (group.Count == 1 || failure is WebhookStoreException { IsTransient: true })
        {
            group.ForEach(intent => intent.Fail(failure));
            return;
        }

        // Only what fails by itself fails.
        foreach (AppendIntent intent in group)
        {
            if (await TryWriteAsync([intent]).ConfigureAwait(false) is { } ownFailure)
            {
                intent.Fail(ownFailure);
            }
        }
    }

    private async Task<Exception?> TryWriteAsync(List<AppendIntent> group)
    {
        IReadOnlyList<StoredEvent> stored;

        try
        {
            stored = await append(group.Count == 1 ? group[0].Events : [.. group.SelectMany(static intent => intent.Events)]).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return exception;
        }

        int start = 0;

        foreach (AppendIntent intent in group)
        {
            intent.Complete(group.Count == 1 ? stored : [.. stored.Skip(start).Take(intent.Events.Length)]);
            start += intent.Events.Length;
        }

        return null;
    }
}
