using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using Webhooks.Sdk.Ed25519;

namespace Webhooks.Sdk;

/// <summary>
/// The half of an ed25519 key pair that only the sender has, and signs with (Standard Webhooks 1.0.0, <c>v1a</c>).
/// </summary>
/// <remarks>
/// <para>
/// Its text is <c>whsk_</c> and, in Base64, 32 bytes (the seed) or 64 (the seed and the public key). Only <see cref="Reveal"/> shows it:
/// <see cref="ToString"/>, the debugger and exceptions do not.
/// </para>
/// <para>
/// Immutable and safe to share between threads. The key is kept by OpenSSL, which clears it once nobody has the instance any more; copies of it are cleared
/// at once.
/// </para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Ed25519PrivateKey
{
    private const string Prefix = "whsk_";
    private const int LongLength = Ed25519Algorithm.SeedLength + Ed25519Algorithm.PublicKeyLength;

    private readonly PKeyHandle _key;

    private Ed25519PrivateKey(PKeyHandle key, ReadOnlySpan<byte> publicKey)
    {
        _key = key;
        PublicKey = new Ed25519PublicKey(publicKey);
    }

    /// <summary>Gets the public half, for receivers.</summary>
    public Ed25519PublicKey PublicKey { get; }

    /// <summary>Reads a key from its text.</summary>
    /// <param name="text"><c>whsk_</c> and 32 or 64 bytes in Base64 (RFC 4648, section 4), with padding.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="text"/> is not such a text, or its second half is not the public key of its first. The message does not show it.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not there; the message says what to install.</exception>
    public static Ed25519PrivateKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return TryRead(text, out Ed25519PrivateKey? key) is { } problem ? throw new ArgumentException(problem, nameof(text)) : key!;
    }

    /// <summary>Reads a key from its text, if it is one.</summary>
    /// <param name="text">What may be the text of a key.</param>
    /// <param name="key">The key, or null.</param>
    /// <returns>Whether <paramref name="text"/> is the text of a key.</returns>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not there; the message says what to install.</exception>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Ed25519PrivateKey? key)
    {
        key = null;
        return text is not null && TryRead(text, out key) is null;
    }

    /// <summary>Makes a key pair of 32 random bytes.</summary>
    /// <returns>A key that nobody has yet: keep it by <see cref="Reveal"/>, and show receivers its <see cref="PublicKey"/>.</returns>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not there; the message says what to install.</exception>
    public static Ed25519PrivateKey Generate()
    {
        Span<byte> seed = stackalloc byte[Ed25519Algorithm.SeedLength];
        RandomNumberGenerator.Fill(seed);

        try
        {
            TryImport(seed, out Ed25519PrivateKey? key);
            return key!;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Gives the text of the key, to keep it. Who has the text can sign.</summary>
    /// <returns><c>whsk_</c> and the 64 bytes of the seed and the public key in Base64.</returns>
    public string Reveal()
    {
        Span<byte> both = stackalloc byte[LongLength];

        try
        {
            Ed25519Algorithm.ExportSeedAndPublicKey(_key, both);
            return Prefix + Convert.ToBase64String(both);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(both);
        }
    }

    /// <summary>Tells that this is a private key, and nothing of it.</summary>
    /// <returns><c>whsk_***</c>.</returns>
    public override string ToString() => $"{Prefix}***";

    /// <summary>Signs a message into the 64 bytes of <paramref name="signature"/>.</summary>
    internal void Sign(ReadOnlySpan<byte> message, Span<byte> signature) => Ed25519Algorithm.Sign(_key, message, signature);

    private static string? TryRead(string text, out Ed25519PrivateKey? key)
    {
        key = null;
        Span<byte> bytes = stackalloc byte[LongLength];

        try
        {
            if (KeyText.TryDecode(text, Prefix, bytes, out int length) is { } problem)
            {
                return problem;
            }

            return length is Ed25519Algorithm.SeedLength or LongLength
                ? TryImport(bytes[..length], out key)
                : string.Create(CultureInfo.InvariantCulture, $"A private key has {Ed25519Algorithm.SeedLength} or {LongLength} bytes, but this one has {length}.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static string? TryImport(ReadOnlySpan<byte> bytes, out Ed25519PrivateKey? key)
    {
        key = null;
        PKeyHandle handle = Ed25519Algorithm.ImportSeed(bytes[..Ed25519Algorithm.SeedLength]);
        Span<byte> publicKey = stackalloc byte[Ed25519Algorithm.PublicKeyLength];
        Ed25519Algorithm.ExportPublicKey(handle, publicKey);

        if (bytes.Length == LongLength && !publicKey.SequenceEqual(bytes[Ed25519Algorithm.SeedLength..]))
        {
            handle.Dispose();
            return "The second half of the private key is not the public key of its first half; one of them is damaged or from another pair.";
        }

        key = new Ed25519PrivateKey(handle, publicKey);
        return null;
    }
}
