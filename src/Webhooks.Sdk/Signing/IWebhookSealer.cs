using System;
using System.Diagnostics.CodeAnalysis;

namespace Webhooks.Sdk;

/// <summary>
/// Encrypts what must not lie in a database in the clear: secrets and credentials of endpoints, and whole enqueued requests.
/// </summary>
/// <remarks>
/// Implementations are thread-safe. What was sealed under a key that has been replaced must still be unsealed.
/// </remarks>
public interface IWebhookSealer
{
    /// <summary>Encrypts bytes, so that any change of them is noticed.</summary>
    /// <param name="clear">The bytes.</param>
    /// <param name="purpose">What they are for, for example the row they lie in: sealed for one purpose, they cannot be unsealed for another.</param>
    /// <returns>The sealed bytes: others each time.</returns>
    byte[] Seal(ReadOnlySpan<byte> clear, string purpose);

    /// <summary>Decrypts sealed bytes.</summary>
    /// <param name="sealedBytes">What <see cref="Seal"/> returned.</param>
    /// <param name="purpose">The purpose they were sealed for.</param>
    /// <param name="clear">The bytes, or null.</param>
    /// <returns>Whether they could be unsealed: false when they were changed, sealed for another purpose, or under a key that is not there.</returns>
    bool TryUnseal(ReadOnlySpan<byte> sealedBytes, string purpose, [NotNullWhen(true)] out byte[]? clear);
}
