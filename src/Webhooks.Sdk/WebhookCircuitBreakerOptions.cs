using System;

namespace Webhooks.Sdk;

/// <summary>
/// Describes the circuit breaker of an endpoint that is registered by a name.
/// </summary>
/// <remarks>Bindable from configuration. What the numbers mean is told by <see cref="WebhookCircuitBreaker"/>.</remarks>
public sealed class WebhookCircuitBreakerOptions
{
    /// <summary>Gets or sets whether the endpoint has a circuit breaker.</summary>
    /// <value>The default value is <see langword="false"/>.</value>
    public bool Enabled { get; set; }

    /// <inheritdoc cref="WebhookCircuitBreaker.FailureRatio"/>
    public double FailureRatio { get; set; } = 0.5;

    /// <inheritdoc cref="WebhookCircuitBreaker.MinimumThroughput"/>
    public int MinimumThroughput { get; set; } = 10;

    /// <inheritdoc cref="WebhookCircuitBreaker.SamplingDuration"/>
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc cref="WebhookCircuitBreaker.BreakDuration"/>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);

    // A method, because the configuration binder would take a property for one of its own.
    internal WebhookCircuitBreaker? ToCircuitBreaker() => !Enabled
        ? null
        : new WebhookCircuitBreaker
        {
            FailureRatio = FailureRatio,
            MinimumThroughput = MinimumThroughput,
            SamplingDuration = SamplingDuration,
            BreakDuration = BreakDuration,
        };
}
