using System;
using System.Threading;

namespace Webhooks.Sdk.Testing;

/// <summary>
/// Says how a <see cref="WebhookReceiver"/> listens, and by which clock.
/// </summary>
public sealed class WebhookReceiverOptions
{
    /// <summary>
    /// Gets the certificate the receiver shows; with one it speaks HTTPS.
    /// </summary>
    /// <value>
    /// The default value is <see cref="ReceiverCertificate.None"/>: plain HTTP.
    /// </value>
    public ReceiverCertificate Certificate { get; init; }

    /// <summary>
    /// Gets the clock of delays, drips and <see cref="ReceivedRequest.ReceivedAt"/>. Certificates follow the system's clock, as clients do.
    /// </summary>
    /// <value>
    /// The default value is <see cref="TimeProvider.System"/>.
    /// </value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Gets how long the methods that wait for requests or connections do so, by the system's clock, before they fail.
    /// </summary>
    /// <value>
    /// The default value is 30 seconds. <see cref="Timeout.InfiniteTimeSpan"/> waits until the token is cancelled.
    /// </value>
    public TimeSpan WaitTimeout { get; init; } = Tally.DefaultPatience;
}
