using System.Data.Common;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Writes events to the store: what the publisher and the outbox share.
/// </summary>
internal sealed class OutboxWriter(IWebhookStore store, OutboxOpening opening, DispatcherPresence presence, ILogger<OutboxWriter> logger)
{
    private int _warned;

    /// <summary>Stores an event, and gives the one that is stored under its key.</summary>
    public async ValueTask<StoredEvent> WriteAsync(StoredEvent stored, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        StoredEvent first = (await store.AppendAsync(new[] { stored }, transaction, cancellationToken).ConfigureAwait(false))[0];
        WarnWithoutDispatcher();
        return first;
    }

    /// <summary>Opens the store, unless it is open.</summary>
    public ValueTask OpenAsync(CancellationToken cancellationToken) => opening.OpenAsync(cancellationToken);

    /// <summary>Says once that an event was stored which nobody here delivers.</summary>
    public void WarnWithoutDispatcher()
    {
        if (!presence.IsRunning && Interlocked.Exchange(ref _warned, 1) == 0)
        {
            Log.NoDispatcher(logger);
        }
    }
}
