using System;

namespace Webhooks.Sdk;

/// <summary>
/// Says how late deliveries may be before the health check tells.
/// </summary>
public sealed class WebhookHealthCheckOptions
{
    /// <summary>Gets or sets for how long a delivery may be due and not attempted before the check is degraded.</summary>
    /// <value>The default value is 1 minute. Must be from zero to <see cref="UnhealthyAfter"/>.</value>
    public TimeSpan DegradedAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets for how long a delivery may be due and not attempted before the check fails.</summary>
    /// <value>The default value is 15 minutes. Must be at least <see cref="DegradedAfter"/>.</value>
    public TimeSpan UnhealthyAfter { get; set; } = TimeSpan.FromMinutes(15);
}
