using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Webhooks.Sdk.Signing;

/// <summary>
/// Signatures in a header of their own: how each <see cref="WebhookSignatureScheme"/> writes them and reads them back.
/// </summary>
internal abstract class HeaderSignature
{
    /// <summary>The most bytes before the body: those of the longest timestamp, and a full stop.</summary>
    protected const int MostPrefixBytes = Signature.MostTimestampCharacters + 1;

    private static readonly HeaderSignature GitHub = new GitHubSignature();
    private static readonly HeaderSignature Stripe = new StripeSignature();
    private static readonly HeaderSignature Shopify = new ShopifySignature();

    /// <summary>Gets the name of the header, where nobody has chosen another.</summary>
    public abstract string Header { get; }

    /// <summary>Gets the most keys that one request is signed with.</summary>
    public abstract int MostKeys { get; }

    /// <exception cref="ArgumentOutOfRangeException">There is no such scheme.</exception>
    public static HeaderSignature Of(WebhookSignatureScheme scheme) => scheme switch
    {
        WebhookSignatureScheme.GitHub => GitHub,
        WebhookSignatureScheme.Stripe => Stripe,
        WebhookSignatureScheme.Shopify => Shopify,
        _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "There is no such signature scheme."),
    };

    /// <summary>Gives the value of the header.</summary>
    /// <param name="keys">The keys, the newest first, at most <see cref="MostKeys"/>.</param>
    /// <param name="timestamp">The time of the attempt, in seconds.</param>
    /// <param name="body">The body.</param>
    public abstract string Sign(ReadOnlySpan<WebhookSecret> keys, long timestamp, ReadOnlySpan<byte> body);

    /// <summary>Reads the timestamp that a value of the header has.</summary>
    /// <param name="value">The value of the header, as it was received.</param>
    /// <param name="timestamp">The timestamp, or null where the scheme has none.</param>
    /// <returns>Whether the value has what the scheme needs.</returns>
    public virtual bool TryReadTimestamp(ReadOnlySpan<char> value, out long? timestamp)
    {
        timestamp = null;
        return true;
    }

    /// <summary>Tells whether a value of the header, whose timestamp was read, holds the signature of one of the keys.</summary>
    /// <param name="keys">All keys that are live.</param>
    /// <param name="value">The value of the header, as it was received.</param>
    /// <param name="body">The body, as it was received.</param>
    public bool Matches(IReadOnlyList<WebhookSecret> keys, ReadOnlySpan<char> value, ReadOnlySpan<byte> body)
    {
        Span<byte> prefix = stackalloc byte[MostPrefixBytes];
        prefix = prefix[..WritePrefix(value, prefix)];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        bool matches = false;

        // One computation for each key, however many signatures were sent; and all keys are tried, so that the time does not tell which one fits.
        for (int i = 0; i < keys.Count; i++)
        {
            keys[i].ComputeMac(prefix, body, mac);
            matches |= HasSignature(value, mac);
        }

        CryptographicOperations.ZeroMemory(mac);
        return matches;
    }

    /// <summary>Compares two texts of ASCII in constant time.</summary>
    protected static bool AreEqual(ReadOnlySpan<char> received, ReadOnlySpan<char> expected) =>
        CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(received), MemoryMarshal.AsBytes(expected));

    /// <summary>Writes a code in lower hexadecimal.</summary>
    protected static void WriteHex(ReadOnlySpan<byte> mac, Span<char> text)
    {
        bool isWritten = Convert.TryToHexStringLower(mac, text, out _);
        Debug.Assert(isWritten, "The room is made for it.");
    }

    /// <summary>Writes what is signed before the body, of a value whose timestamp was read.</summary>
    protected virtual int WritePrefix(ReadOnlySpan<char> value, Span<byte> prefix) => 0;

    /// <summary>Tells whether a value of the header holds a code.</summary>
    protected abstract bool HasSignature(ReadOnlySpan<char> value, ReadOnlySpan<byte> mac);
}
