using System.Data.Common;
using System.Diagnostics;
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
        await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
        string? traceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
        StoredEvent first = (await store.AppendAsync(new[] { stored with { TraceParent = traceParent } }, transaction, cancellationToken).ConfigureAwait(false))[0];

        if (!presence.IsRunning && Interlocked.Exchange(ref _warned, 1) == 0)
        {
            Log.NoDispatcher(logger);
        }

        return first;
    }
}
