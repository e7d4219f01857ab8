using System;

namespace Webhooks.Sdk;

/// <summary>
/// A key by which <see cref="WebhookVerifier"/> tells whether an item of <c>webhook-signature</c> is genuine: a <see cref="WebhookSecret"/>, or the public
/// half of a key pair, such as <c>Ed25519PublicKey</c> of the package Webhooks.Sdk.Ed25519.
/// </summary>
/// <remarks>Implementations are safe for use by many threads.</remarks>
public interface IWebhookVerificationKey
{
    /// <summary>Gets the version of the signatures that the key verifies, for example <c>v1a</c>.</summary>
    string Version { get; }

    /// <summary>Tells whether a signature is genuine, in a time that does not depend on where it differs from a genuine one.</summary>
    /// <param name="content">What is signed: the bytes of <c>id.timestamp.body</c>.</param>
    /// <param name="signature">The bytes of the signature, of whatever length the sender chose.</param>
    /// <returns>Whether <paramref name="signature"/> is the key's signature of <paramref name="content"/>.</returns>
    bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature);
}
