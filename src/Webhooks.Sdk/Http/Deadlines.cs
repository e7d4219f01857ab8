using System;
using System.Collections.Concurrent;
using System.Threading;

namespace Webhooks.Sdk.Http;

/// <summary>
/// Lends out the cancellation sources that end attempts, and takes back those that did not fire: a source with its timer is a tenth of
/// what an attempt allocates.
/// </summary>
/// <remarks>Safe for use by many threads.</remarks>
internal sealed class Deadlines(TimeProvider timeProvider)
{
    // More than run at once on a busy node would only hold memory.
    private const int MostIdle = 256;

    private readonly ConcurrentQueue<CancellationTokenSource> _idle = new();

    // Only a source on the system's clock can be reset.
    private readonly bool _isPooled = timeProvider == TimeProvider.System;

    public CancellationTokenSource Start(TimeSpan timeout)
    {
        if (!_isPooled)
        {
            return new CancellationTokenSource(timeout, timeProvider);
        }

        if (!_idle.TryDequeue(out CancellationTokenSource? deadline))
        {
            deadline = new CancellationTokenSource();
        }

        deadline.CancelAfter(timeout);
        return deadline;
    }

    /// <summary>
    /// Takes a source back once nobody waits on its token any more.
    /// </summary>
    public void End(CancellationTokenSource deadline)
    {
        if (_isPooled && _idle.Count < MostIdle && deadline.TryReset())
        {
            _idle.Enqueue(deadline);
        }
        else
        {
            deadline.Dispose();
        }
    }
}
