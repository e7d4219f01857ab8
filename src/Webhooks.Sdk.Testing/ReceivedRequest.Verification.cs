using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Testing;

/// <content>Whether a request is signed as its receiver must be able to rely on.</content>
public sealed partial class ReceivedRequest
{
    /// <summary>
    /// Verifies the request's Standard Webhooks signature, taking the moment at which it was received for now.
    /// </summary>
    /// <param name="keys">The secrets, or public keys of another kind, at least one; the signature of any of them will do.</param>
    /// <returns>What the verifier found.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/>, or one of them, is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="keys"/> is empty.</exception>
    /// <exception cref="WebhookAssertionException">One of the headers came more than once.</exception>
    public WebhookVerification Verify(params IEnumerable<IWebhookVerificationKey> keys) => Verify(new WebhookVerifier(keys));

    /// <summary>
    /// Verifies the request's signature of any scheme, taking the moment at which it was received for now.
    /// </summary>
    /// <param name="verifier">A verifier of the scheme; its clock is not asked.</param>
    /// <returns>What the verifier found.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="verifier"/> is null.</exception>
    /// <exception cref="WebhookAssertionException">One of the headers came more than once.</exception>
    public WebhookVerification Verify(WebhookVerifier verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);

        return verifier.At(new StoppedClock(ReceivedAt)).Verify(Header, Body.Span);
    }

    /// <summary>Asserts that the request's Standard Webhooks signature is valid.</summary>
    /// <returns>This request.</returns>
    /// <exception cref="WebhookAssertionException">It is not; the message says what <see cref="Verify(IEnumerable{IWebhookVerificationKey})"/> found.</exception>
    /// <inheritdoc cref="Verify(IEnumerable{IWebhookVerificationKey})"/>
    public ReceivedRequest AssertSigned(params IEnumerable<IWebhookVerificationKey> keys) => AssertValid(Verify(keys));

    /// <summary>Asserts that the request's signature of any scheme is valid.</summary>
    /// <returns>This request.</returns>
    /// <exception cref="WebhookAssertionException">It is not; the message says what <see cref="Verify(WebhookVerifier)"/> found.</exception>
    /// <inheritdoc cref="Verify(WebhookVerifier)"/>
    public ReceivedRequest AssertSigned(WebhookVerifier verifier) => AssertValid(Verify(verifier));

    private ReceivedRequest AssertValid(WebhookVerification found) =>
        found == WebhookVerification.Valid
            ? this
            : throw new WebhookAssertionException($"The signature of {Method} {Target} is not valid: {found}.");

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
