using System;
using System.Threading;
using System.Threading.Tasks;

namespace Webhooks.Sdk;

/// <summary>
/// Configures durable delivery.
/// </summary>
/// <remarks>
/// Validated when the host starts, or at first use where there is none.
/// </remarks>
public sealed class WebhookOutboxOptions
{
    /// <summary>Gets or sets whether the host runs the dispatcher. A process that only publishes sets it to false.</summary>
    /// <value>The default value is <see langword="true"/>.</value>
    public bool RunDispatcher { get; set; } = true;

    /// <summary>Gets or sets the most attempts that are under way at once.</summary>
    /// <value>The default value is 256. Must be from 1 to 10,000.</value>
    public int MaxConcurrency { get; set; } = 256;

    /// <summary>Gets or sets the most attempts that are under way at once to one endpoint.</summary>
    /// <value>The default value is 8. Must be from 1 to 1,000.</value>
    public int MaxConcurrencyPerEndpoint { get; set; } = 8;

    /// <summary>Gets or sets how often the store is asked for work that nobody signalled.</summary>
    /// <value>The default value is 1 second. Must be from 10 milliseconds to 5 minutes.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets how long the dispatcher's leases last: so long nobody takes over the work of a process that was killed. They are renewed in time, and
    /// trusted for 80 % of their length only.
    /// </summary>
    /// <value>The default value is 15 seconds. Must be from 1 second to 10 minutes.</value>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long attempts under way may go on when the dispatcher is stopped; those that do not end are made again later.</summary>
    /// <value>The default value is 5 seconds. Must be from zero to 10 minutes.</value>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets for how long events are kept that are done, and with them their attempts and idempotency keys.</summary>
    /// <value>The default value is 7 days. Must not be negative.</value>
    public TimeSpan FinishedRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Gets or sets for how long events are kept that have dead letters.</summary>
    /// <value>The default value is 30 days. Must not be negative.</value>
    public TimeSpan DeadLetterRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Gets or sets what is told of an endpoint that was disabled, to tell its owner: the receiver is gone (status 410), asked for it, or did nothing but fail
    /// for at least 5 days and 10 attempts.
    /// </summary>
    /// <value>Null by default. What it throws is logged. It is told after the fact, and once for each disabling.</value>
    public Func<WebhookEndpointDisabled, CancellationToken, Task>? OnEndpointDisabled { get; set; }
}
