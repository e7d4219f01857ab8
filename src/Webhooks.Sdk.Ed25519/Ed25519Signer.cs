using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Webhooks.Sdk.Ed25519;

namespace Webhooks.Sdk;

/// <summary>
/// Signs with the private halves of ed25519 key pairs (Standard Webhooks 1.0.0, <c>v1a</c>): put it into <see cref="WebhookEndpoint.Signers"/>.
/// </summary>
/// <remarks>
/// Its signatures stand in <c>webhook-signature</c> beside those of the endpoint's secrets, so that receivers take whichever they know. Immutable and safe to
/// share between threads.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Ed25519Signer : IWebhookSigner
{
    private const int MostKeys = 10;

    private readonly Ed25519PrivateKey[] _keys;

    /// <summary>Creates a signer of all keys that are live.</summary>
    /// <param name="keys">1 to 10 keys, the newest first; two while a key is being replaced.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There are none or too many.</exception>
    public Ed25519Signer(params IEnumerable<Ed25519PrivateKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = [.. keys];

        if (_keys.Length is 0 or > MostKeys)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A signer has 1 to {MostKeys} keys, but there are {_keys.Length}."), nameof(keys));
        }

        if (_keys.Any(static key => key is null))
        {
            throw new ArgumentNullException(nameof(keys), "One of the keys is null.");
        }
    }

    /// <inheritdoc/>
    public ValueTask SignAsync(WebhookSigningContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);

        // The algorithm reads the message twice, so it wants it in one piece.
        byte[] content = ArrayPool<byte>.Shared.Rent(context.ContentLength);
        int length = context.WriteContent(content);
        Span<byte> signature = stackalloc byte[Ed25519Algorithm.SignatureLength];

        try
        {
            foreach (Ed25519PrivateKey key in _keys)
            {
                key.Sign(content.AsSpan(0, length), signature);
                context.AddSignature("v1a", signature);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(content, clearArray: true);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Describes the signer by its public keys.</summary>
    /// <returns>For example <c>v1a whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=</c>.</returns>
    public override string ToString() => $"v1a {string.Join(' ', _keys.Select(key => key.PublicKey))}";
}
