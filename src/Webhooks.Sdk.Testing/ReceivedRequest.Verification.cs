using System;
using System.Collections.Generic;

namespace Webhooks.Sdk.Testing;

/// <content>Whether a request is signed as its receiver must be able to rely on.</content>
public sealed partial class ReceivedRequest
{
    /// <summary>
    /// Verifies the request's Standard Webhooks signature, taking the moment at which it was received for now.
    /// </summary>
    /// <param name="secrets">The secrets, at least one; the signature of any of them will do.</param>
    /// <returns>What the verifier found.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="secrets"/>, or one of them, is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="secrets"/> is empty.</exception>
    /// <exception cref="WebhookAssertionException">One of the headers came more than once.</exception>
    public WebhookVerification Verify(params IEnumerable<WebhookSecret> secrets) =>
        new WebhookVerifier(secrets) { TimeProvider = new StoppedClock(ReceivedAt) }.Verify(Header, Body.Span);

    /// <summary>Asserts that the request's Standard Webhooks signature is valid.</summary>
    /// <returns>This request.</returns>
    /// <exception cref="WebhookAssertionException">It is not; the message says what <see cref="Verify"/> found.</exception>
    /// <inheritdoc cref="Verify"/>
    public ReceivedRequest AssertSigned(params IEnumerable<WebhookSecret> secrets)
    {
        WebhookVerification found = Verify(secrets);

        return found == WebhookVerification.Valid
            ? this
            : throw new WebhookAssertionException($"The signature of {Method} {Target} is not valid: {found}.");
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
