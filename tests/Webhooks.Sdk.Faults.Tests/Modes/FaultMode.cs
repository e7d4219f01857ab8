using Webhooks.Sdk.Testing;

namespace Webhooks.Sdk.Faults.Tests.Modes;

/// <summary>
/// One way in which a receiver fails, or does not, and what the sender must make of it.
/// </summary>
/// <param name="Name">What the receiver does.</param>
/// <param name="Answer">How it is told to.</param>
/// <param name="Failure">What the result must say.</param>
/// <param name="StatusCode">The status that the result must show; null when no answer can be had.</param>
/// <param name="Certificate">The certificate that the receiver shows; with one it speaks TLS.</param>
/// <param name="TrustsAuthority">Whether the sender trusts who issued the certificate. The transport of the SDK trusts the system's authorities only.</param>
internal sealed record FaultMode(
    string Name,
    ReceiverAnswer Answer,
    WebhookFailure Failure,
    int? StatusCode = null,
    ReceiverCertificate Certificate = ReceiverCertificate.None,
    bool TrustsAuthority = true)
{
    /// <summary>Gets whether only the attempt's time-out ends it.</summary>
    public bool TakesAllItsTime { get; init; }

    /// <summary>Gets what the result may say instead, where the receiver and the sender race.</summary>
    public WebhookFailure? OrElse { get; init; }
}
