using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Wakes whoever waits for work. A signal that nobody waits for is kept for the next who does.
/// </summary>
internal sealed class WorkSignal(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _signalled = NewSource();

    public void Set()
    {
        lock (_lock)
        {
            _signalled.TrySetResult();
        }
    }

    public async ValueTask WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        Task signalled;

        lock (_lock)
        {
            signalled = _signalled.Task;
        }

        Task ended = signalled.WaitAsync(longest, timeProvider, cancellationToken);

        // Looked at instead of caught: every idle application would throw each second.
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        if (ended.IsCanceled)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        if (ended.IsFaulted)
        {
            // The time is over; read, so that nobody takes the fault for one that was overlooked.
            _ = ended.Exception;
            return;
        }

        lock (_lock)
        {
            // Of several who were woken, the first makes the signal that the next work sets.
            if (_signalled.Task == signalled)
            {
                _signalled = NewSource();
            }
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
