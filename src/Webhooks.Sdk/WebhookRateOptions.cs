using System;

namespace Webhooks.Sdk;

/// <summary>
/// Describes how often an endpoint that is registered by a name may be called.
/// </summary>
/// <remarks>Bindable from configuration.</remarks>
public sealed class WebhookRateOptions
{
    /// <summary>Gets or sets how many attempts a period has.</summary>
    /// <value>Null by default: no limit. Otherwise from 1 to 1,000,000.</value>
    public int? Attempts { get; set; }

    /// <summary>Gets or sets the period.</summary>
    /// <value>The default value is 1 second. From 1 second to 1 day.</value>
    public TimeSpan Period { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how many attempts may follow each other at once after a rest.</summary>
    /// <value>The default value is 1. From 1 to 1,000,000.</value>
    public int Burst { get; set; } = 1;

    // A method, because the configuration binder would take a property for one of its own.
    internal WebhookRate? ToRate() => Attempts is { } attempts ? new WebhookRate(attempts, Period) { Burst = Burst } : null;
}
