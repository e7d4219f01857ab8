using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Telemetry;

namespace Webhooks.Sdk.Outbox;

/// <summary>
/// Disables subscriptions whose receivers are gone or do nothing but fail, and pauses what cannot be read. Endpoints that are registered by name are the
/// operator's own and are never disabled.
/// </summary>
internal sealed class EndpointStop(DispatcherParts parts)
{
    private const int LeastFailures = 10;
    private static readonly TimeSpan LeastTime = TimeSpan.FromDays(5);

    public async Task DisableAsync(StoredEndpoint endpoint, WebhookEndpointStateCause cause, CancellationToken cancellationToken)
    {
        if (endpoint.EventTypes.Count == 0
            || !await parts.Store.SetEndpointStateAsync(endpoint.Id, WebhookEndpointState.Disabled, cause, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        Log.EndpointStopped(parts.Logger, endpoint.Id, nameof(WebhookEndpointState.Disabled), cause.ToString());

        if (parts.OutboxOptions.OnEndpointDisabled is { } tell)
        {
            try
            {
                await tell(new WebhookEndpointDisabled(endpoint.Id, endpoint.Owner, cause), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The user's code, after the fact: deliveries to others must not suffer.
                Log.CallbackFailed(parts.Logger, exception.GetType().Name);
            }
        }
    }

    public async Task PauseUnreadableAsync(string endpointId, CancellationToken cancellationToken)
    {
        const WebhookEndpointStateCause Cause = WebhookEndpointStateCause.Unreadable;

        if (await parts.Store.SetEndpointStateAsync(endpointId, WebhookEndpointState.Paused, Cause, cancellationToken).ConfigureAwait(false))
        {
            Log.EndpointStopped(parts.Logger, endpointId, nameof(WebhookEndpointState.Paused), nameof(WebhookEndpointStateCause.Unreadable));
        }
    }

    /// <summary>Disables those that have done nothing but fail for 5 days and 10 attempts.</summary>
    public async Task JudgeAsync(CommitSummary summary, CancellationToken cancellationToken)
    {
        string[] hopeless =
        [
            .. summary.Failing
                .Where(static health => health.Failures >= LeastFailures && health.FailingFor >= LeastTime)
                .Select(static health => health.EndpointId),
        ];

        if (hopeless.Length == 0)
        {
            return;
        }

        foreach (StoredEndpoint endpoint in await parts.Store.ReadEndpointsAsync(hopeless, cancellationToken).ConfigureAwait(false))
        {
            await DisableAsync(endpoint, WebhookEndpointStateCause.OnlyFailures, cancellationToken).ConfigureAwait(false);
        }
    }
}
