using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Outbox;

namespace Webhooks.Sdk.AspNetCore;

/// <summary>Looks at the store and the dispatcher.</summary>
internal sealed class DeliveryHealthCheck(
    IWebhookStoreOperations operations,
    OutboxOpening opening,
    DispatcherPresence presence,
    IOptionsMonitor<WebhookOutboxOptions> outboxOptions,
    WebhookHealthCheckOptions options) : IHealthCheck
{
    /// <exception cref="InvalidOperationException">Webhooks were not added.</exception>
    public static DeliveryHealthCheck Create(IServiceProvider provider, WebhookHealthCheckOptions options) => new(
        provider.GetService<IWebhookStoreOperations>()
            ?? throw new InvalidOperationException("The health check needs webhooks, which were not added. Call builder.Services.AddWebhooks()."),
        provider.GetRequiredService<OutboxOpening>(),
        provider.GetRequiredService<DispatcherPresence>(),
        provider.GetRequiredService<IOptionsMonitor<WebhookOutboxOptions>>(),
        options);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        StoreStatistics statistics;

        try
        {
            await opening.OpenAsync(cancellationToken).ConfigureAwait(false);
            statistics = await operations.ReadStatisticsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebhookStoreException or InvalidOperationException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The webhook store cannot be read.", exception);
        }

        TimeSpan oldest = statistics.OldestDueFor ?? TimeSpan.Zero;
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["waiting"] = statistics.Waiting,
            ["pendingEvents"] = statistics.PendingEvents,
            ["deadLetters"] = statistics.DeadLetters,
            ["oldestDueSeconds"] = oldest.TotalSeconds,
        };

        if (outboxOptions.CurrentValue.RunDispatcher && !presence.IsRunning)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The webhook dispatcher does not run.", data: data);
        }

        if (oldest >= options.UnhealthyAfter && oldest > TimeSpan.Zero)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"A webhook delivery has been due for {oldest:c}.", data: data);
        }

        return oldest >= options.DegradedAfter && oldest > TimeSpan.Zero
            ? HealthCheckResult.Degraded($"A webhook delivery has been due for {oldest:c}.", data: data)
            : HealthCheckResult.Healthy("Webhooks are delivered.", data);
    }
}
