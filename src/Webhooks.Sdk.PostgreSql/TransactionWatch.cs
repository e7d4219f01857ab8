using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// Sees callers' transactions end, so that what they published is delivered at once. It looks at objects of this process and asks the database nothing; what
/// it does not see is found by polling.
/// </summary>
internal sealed class TransactionWatch(Action ended, CancellationToken stopping)
{
    private const int MostWatched = 10_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private readonly HashSet<NpgsqlTransaction> _open = [];

    public void Add(NpgsqlTransaction transaction)
    {
        lock (_lock)
        {
            if (_open.Count == MostWatched || !_open.Add(transaction) || _open.Count > 1)
            {
                return;
            }
        }

        _ = Task.Run(WatchAsync, CancellationToken.None);
    }

    private async Task WatchAsync()
    {
        bool isWatching = true;

        while (isWatching && !stopping.IsCancellationRequested)
        {
            await Task.Delay(Interval, TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            int over;

            lock (_lock)
            {
                over = _open.RemoveWhere(CallerTransaction.IsOver);
                isWatching = _open.Count > 0;
            }

            if (over > 0)
            {
                ended();
            }
        }
    }
}
