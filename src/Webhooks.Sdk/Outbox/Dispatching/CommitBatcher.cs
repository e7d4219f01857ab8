using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Commits outcomes in batches: what comes while one batch is written makes up the next. Thread-safe.
/// </summary>
internal sealed class CommitBatcher(DispatcherParts parts, EndpointStop stop, CancellationToken givenUp)
{
    private static readonly TimeSpan RetryIn = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<(WorkItem Item, DeliveryOutcome Outcome)> _waiting = new();
    private Task _committing = Task.CompletedTask;
    private bool _isCommitting;

    /// <summary>Gets or sets what is told of deliveries whose outcome is committed.</summary>
    public Action<IEnumerable<WorkItem>> Committed { get; set; } = static _ => { };

    public void Add(WorkItem item, DeliveryOutcome outcome)
    {
        lock (_lock)
        {
            _waiting.Enqueue((item, outcome));

            if (!_isCommitting)
            {
                _isCommitting = true;
                _committing = Task.Run(CommitAllAsync, CancellationToken.None);
            }
        }
    }

    /// <summary>Waits until everything that was added is committed, or given up.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return _committing;
        }
    }

    private async Task CommitAllAsync()
    {
        while (true)
        {
            var batch = new List<(WorkItem Item, DeliveryOutcome Outcome)>();

            lock (_lock)
            {
                while (batch.Count < parts.Store.Capabilities.MaxBatch && _waiting.TryDequeue(out (WorkItem, DeliveryOutcome) next))
                {
                    batch.Add(next);
                }

                if (batch.Count == 0)
                {
                    _isCommitting = false;
                    return;
                }
            }

            await CommitAsync(batch.Select(static each => each.Outcome).ToArray()).ConfigureAwait(false);
            Committed(batch.Select(static each => each.Item));
        }
    }

    private async Task CommitAsync(DeliveryOutcome[] outcomes)
    {
        while (true)
        {
            try
            {
                CommitSummary summary = await parts.Store.CommitAsync(outcomes, CancellationToken.None).ConfigureAwait(false);

                if (summary.Applied < outcomes.Length)
                {
                    Log.CommitTooLate(parts.Logger, outcomes.Length - summary.Applied);
                }

                await stop.JudgeAsync(summary, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // What was sent must be written down, or it is sent again. A second commit of the same changes nothing.
                Log.StoreFailed(parts.Logger, exception.GetType().Name, RetryIn);
            }

            try
            {
                await Task.Delay(RetryIn, parts.TimeProvider, givenUp).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
