using System;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// Wakes whoever waits for work: in this process at once, on other nodes by a notification for all that comes within 10 milliseconds. Nothing of it ever
/// fails: whoever is not woken polls.
/// </summary>
internal sealed class WakeUp : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(10);

    private readonly WorkSignal _signal;
    private readonly Notifications? _notifications;
    private readonly TransactionWatch _transactions;
    private readonly CancellationTokenSource _stopping = new();
    private int _isNotifying;
    private int _isListening;

    public WakeUp(Database database, TimeProvider timeProvider, bool listen)
    {
        _signal = new WorkSignal(timeProvider);
        _notifications = listen ? new Notifications(database, _signal.Set) : null;
        _transactions = new TransactionWatch(Signal, _stopping.Token);
    }

    /// <summary>Wakes who waits here, and soon who waits elsewhere.</summary>
    public void Signal()
    {
        _signal.Set();

        if (_notifications is { } notifications && Interlocked.Exchange(ref _isNotifying, 1) == 0)
        {
            _ = Task.Run(() => NotifyAsync(notifications), CancellationToken.None);
        }
    }

    /// <summary>Wakes when a caller's transaction has ended, which nobody tells.</summary>
    public void WatchFor(NpgsqlTransaction transaction) => _transactions.Add(transaction);

    public ValueTask WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (_notifications is { } notifications && Interlocked.Exchange(ref _isListening, 1) == 0)
        {
            _ = Task.Run(() => notifications.ListenAsync(_stopping.Token), CancellationToken.None);
        }

        return _signal.WaitAsync(longest, cancellationToken);
    }

    // The token's wait handle is not used, so there is nothing to dispose of, and whoever still looks at it may.
    public void Dispose()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (AggregateException)
        {
            // Npgsql may be closing the very connection that it is asked to interrupt; nobody listens any more either way.
        }
    }

    private async Task NotifyAsync(Notifications notifications)
    {
        await Task.Delay(Window, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Volatile.Write(ref _isNotifying, 0);

        if (!_stopping.IsCancellationRequested)
        {
            await notifications.NotifyAsync(_stopping.Token).ConfigureAwait(false);
        }
    }
}
