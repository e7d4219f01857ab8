using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// The deliveries that this dispatcher works on: from being read until their outcome is committed. Starts attempts, endpoint by endpoint in turn, as far
/// as concurrency and order allow. Thread-safe.
/// </summary>
internal sealed partial class WorkInHand(DispatcherParts parts, DeliveryWorker worker, CommitBatcher commits, WorkSignal changed, CancellationToken cancelled)
{
    private const string Aside = "\0aside";

    private static readonly TimeSpan AfterFault = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, EndpointQueue> _queues = new(StringComparer.Ordinal);
    private readonly HashSet<long> _inHand = [];
    private readonly HashSet<long> _releasedSinceReading = [];
    private readonly Queue<EndpointQueue> _ready = new();
    private TaskCompletionSource? _idle;
    private int _underWay;
    private bool _isStopping;

    /// <summary>Takes deliveries in hand, for which there is room, and starts what may start.</summary>
    /// <param name="key">The queue that they belong to.</param>
    /// <param name="ordered">Whether they keep their order.</param>
    /// <param name="maxConcurrency">How many attempts the endpoint itself allows at once, or null.</param>
    /// <param name="items">The deliveries.</param>
    public void Add(string key, bool ordered, int? maxConcurrency, IReadOnlyCollection<WorkItem> items)
    {
        lock (_lock)
        {
            if (!_queues.TryGetValue(key, out EndpointQueue? queue))
            {
                Forget();
                _queues.Add(key, queue = new EndpointQueue(key));
            }

            // A queue is remembered while its endpoint fails; the order may have been asked for since.
            queue.Ordered = ordered;
            queue.MaxConcurrency = maxConcurrency;

            foreach (WorkItem item in items)
            {
                _inHand.Add(item.Delivery.Id);
                queue.InHand++;
                queue.Waiting.Enqueue(item);
            }

            MakeReady(queue);
            StartReady();
        }
    }

    /// <summary>Starts nothing any more, and lets go of what has not started.</summary>
    /// <returns>A task that ends when no attempt is under way.</returns>
    public Task StopAsync()
    {
        lock (_lock)
        {
            _isStopping = true;

            foreach (EndpointQueue queue in _queues.Values.ToList())
            {
                Drop(queue);
            }

            if (_underWay == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    /// <summary>Lets go of deliveries whose outcome is committed.</summary>
    public void Release(IEnumerable<WorkItem> items)
    {
        lock (_lock)
        {
            foreach (WorkItem item in items)
            {
                Release(item);
            }
        }

        changed.Set();
    }

    /// <summary>The queue that a delivery belongs to: what was set aside from an order no longer follows it.</summary>
    public static string KeyOf(DueDelivery delivery) => delivery.IsSetAside ? $"{delivery.EndpointId}{Aside}" : delivery.EndpointId;

    private static string EndpointOf(string key) => key.EndsWith(Aside, StringComparison.Ordinal) ? key[..^Aside.Length] : key;

    private void StartReady()
    {
        while (!_isStopping && _underWay < parts.OutboxOptions.MaxConcurrency && _ready.TryDequeue(out EndpointQueue? queue))
        {
            queue.IsReady = false;

            if (MayStart(queue))
            {
                WorkItem item = queue.Waiting.Dequeue();
                queue.UnderWay++;
                _underWay++;
                _ = Task.Run(() => WorkAsync(queue, item), CancellationToken.None);
                MakeReady(queue);
            }
        }
    }

    private bool MayStart(EndpointQueue queue) =>
        queue.Waiting.Count > 0 && queue.UnderWay < queue.ConcurrencyOf(parts.OutboxOptions.MaxConcurrencyPerEndpoint);

    private void MakeReady(EndpointQueue queue)
    {
        if (!queue.IsReady && MayStart(queue))
        {
            queue.IsReady = true;
            _ready.Enqueue(queue);
        }
    }

    private async Task WorkAsync(EndpointQueue queue, WorkItem item)
    {
        DeliveryOutcome? outcome = null;

        try
        {
            outcome = await worker.AttemptAsync(item, cancelled).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // One delivery that cannot be worked on must not end the work on all others.
            Log.DeliveryFailed(parts.Logger, item.Delivery.Id, item.Endpoint.Id, exception.GetType().Name, AfterFault);
            outcome = new DeliveryOutcome
            {
                DeliveryId = item.Delivery.Id,
                Attempt = item.Delivery.Attempt,
                Kind = DeliveryOutcomeKind.Retry,
                RetryIn = AfterFault,
            };
        }

        // Before the count goes down, so that whoever sees none under way finds every outcome with the batcher.
        if (outcome is { } known)
        {
            commits.Add(item, known);
        }

        lock (_lock)
        {
            End(queue, item, outcome);
            StartReady();
        }

        changed.Set();
    }

    private void End(EndpointQueue queue, WorkItem item, DeliveryOutcome? outcome)
    {
        queue.UnderWay--;
        _underWay--;

        if (outcome is not { } known)
        {
            // The lease is lost, or the endpoint stopped: whoever may go on reads the rest again.
            Release(item);
            Drop(queue);
        }
        else
        {
            if (known.Made is { } made)
            {
                queue.Note(made.Failure == WebhookFailure.None, parts.TimeProvider);
                queue.SpeedUp(MostOf(queue));

                if (queue.IsSick)
                {
                    _turns.Enqueue(queue, queue.RestsUntil);
                }
            }
            else if (item.PutOffFor is { } wait)
            {
                queue.SlowDown();
                PutOff(queue, wait);
            }

            bool holdsUp = queue.Ordered && known is { Kind: DeliveryOutcomeKind.Retry, SetAside: false };

            if (holdsUp || queue.IsSick || item.PutOffFor is not null || known.Reason == DeadLetterReason.Gone)
            {
                Drop(queue);
            }
        }

        MakeReady(queue);

        if (_underWay == 0)
        {
            _idle?.TrySetResult();
        }
    }

    private void Drop(EndpointQueue queue)
    {
        while (queue.Waiting.TryDequeue(out WorkItem? item))
        {
            Release(item);
        }
    }

    private void Release(WorkItem item)
    {
        if (!_inHand.Remove(item.Delivery.Id))
        {
            return;
        }

        _releasedSinceReading.Add(item.Delivery.Id);
        EndpointQueue queue = _queues[KeyOf(item.Delivery)];
        queue.InHand--;

        if (item.PutOffFor is { } wait)
        {
            // The store counts from when it wrote that down.
            PutOff(queue, wait);
        }

        // An endpoint that fails or keeps a pace is remembered; who is well and has nothing to do is not.
        if (queue is { InHand: 0, UnderWay: 0, FailuresInARow: 0, Pace: null })
        {
            _queues.Remove(queue.Key);
        }
    }
}
