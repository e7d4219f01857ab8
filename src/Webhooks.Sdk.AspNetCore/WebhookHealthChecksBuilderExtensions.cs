using System;
using System.Collections.Generic;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Webhooks.Sdk.AspNetCore;

namespace Webhooks.Sdk;

/// <summary>
/// Tells whether webhooks are delivered.
/// </summary>
public static class WebhookHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of durable delivery.</summary>
    /// <remarks>
    /// <para>
    /// It has the failure status (<see cref="HealthStatus.Unhealthy"/> unless it is set) when the store cannot be read, when this process should run the
    /// dispatcher (<see cref="WebhookOutboxOptions.RunDispatcher"/>) and it does not run, or when a delivery has been due for
    /// <see cref="WebhookHealthCheckOptions.UnhealthyAfter"/>. It is degraded when one has been due for <see cref="WebhookHealthCheckOptions.DegradedAfter"/>.
    /// </para>
    /// <para>
    /// Only deliveries outside of lanes count: that a single receiver is down, and those of its lane wait, is not this application's ill health. Its data are
    /// counts and an age: <c>waiting</c>, <c>pendingEvents</c>, <c>deadLetters</c>, <c>oldestDueSeconds</c>.
    /// </para>
    /// </remarks>
    /// <param name="builder">The builder that <c>AddHealthChecks()</c> returns.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status of a failure; null: unhealthy.</param>
    /// <param name="tags">Tags to choose the check by, for example <c>ready</c>.</param>
    /// <param name="configure">Sets options, or null.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static IHealthChecksBuilder AddWebhooks(
        this IHealthChecksBuilder builder,
        string name = "webhooks",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        Action<WebhookHealthCheckOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);

        var options = new WebhookHealthCheckOptions();
        configure?.Invoke(options);

        if (options.DegradedAfter < TimeSpan.Zero || options.UnhealthyAfter < options.DegradedAfter)
        {
            throw new ArgumentException(
                $"DegradedAfter must be from zero to UnhealthyAfter, but they are {options.DegradedAfter:c} and {options.UnhealthyAfter:c}.", nameof(configure));
        }

        return builder.Add(new HealthCheckRegistration(name, provider => DeliveryHealthCheck.Create(provider, options), failureStatus, tags));
    }
}
