using System;

namespace Webhooks.Sdk;

/// <summary>
/// Whether a receiver has consented to be called.
/// </summary>
/// <remarks>
/// Instances are immutable and safe to share between threads.
/// </remarks>
public sealed class WebhookHandshakeResult
{
    internal WebhookHandshakeResult(WebhookAttempt attempt, WebhookFailure failure, string reason, string? origin, WebhookRate? allowedRate)
    {
        Attempt = attempt;
        Failure = failure;
        Reason = reason;
        Origin = origin;
        AllowedRate = allowedRate;
    }

    /// <summary>Gets whether the receiver has consented.</summary>
    public bool IsGranted => Failure == WebhookFailure.None;

    /// <summary>
    /// Gets why the receiver has not consented: <see cref="WebhookFailure.Rejected"/> when it answered without consent, else what kept it from answering;
    /// <see cref="WebhookFailure.None"/> when it has.
    /// </summary>
    public WebhookFailure Failure { get; }

    /// <summary>Gets a sentence for people about what decided. It never holds text of the receiver's.</summary>
    public string Reason { get; }

    /// <summary>Gets the rate that the receiver granted; null when it granted any, or said nothing of it.</summary>
    public WebhookRate? AllowedRate { get; }

    /// <summary>Gets the HTTP request that was made.</summary>
    public WebhookAttempt Attempt { get; }

    private string? Origin { get; }

    /// <summary>
    /// Makes the endpoint that may be called from now on: its requests carry the origin that the receiver has consented to, and no more often than it has granted.
    /// </summary>
    /// <param name="endpoint">The endpoint that was verified, made in code.</param>
    /// <returns>A new endpoint. Limits of its own that are stricter stay.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoint"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The receiver has not consented, or the endpoint is registered by a name: its options say what it is, <see cref="WebhookEndpointOptions.RequestOrigin"/> and
    /// <see cref="WebhookEndpointOptions.Rate"/> among them.
    /// </exception>
    public WebhookEndpoint ApplyTo(WebhookEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);

        if (!IsGranted)
        {
            throw new InvalidOperationException($"The receiver has not consented to be called. {Reason}");
        }

        if (endpoint.Name is { } name)
        {
            throw new InvalidOperationException($"The endpoint '{name}' is described by its options; set RequestOrigin and Rate there.");
        }

        return endpoint.WithConsent(Origin, AllowedRate);
    }

    /// <summary>Describes the result in one line, without anything secret.</summary>
    /// <returns>For example <c>Rejected: The receiver does not answer OPTIONS requests (405).</c>.</returns>
    public override string ToString() => $"{(IsGranted ? "Granted" : Failure.ToString())}: {Reason}";
}
