using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Webhooks.Sdk.Ed25519;

namespace Webhooks.Sdk;

/// <summary>
/// The half of an ed25519 key pair by which receivers verify webhooks (Standard Webhooks 1.0.0, <c>v1a</c>): <c>new WebhookVerifier(publicKey)</c>.
/// </summary>
/// <remarks>
/// Its text is <c>whpk_</c> and 32 bytes in Base64. Nothing in it is secret. Immutable and safe to share between threads.
/// </remarks>
public sealed class Ed25519PublicKey : IWebhookVerificationKey, IEquatable<Ed25519PublicKey>
{
    private const string Prefix = "whpk_";

    private readonly byte[] _bytes;
    private readonly PKeyHandle _key;

    internal Ed25519PublicKey(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes.ToArray();
        _key = Ed25519Algorithm.ImportPublicKey(bytes);
    }

    /// <summary>Gets <c>v1a</c>.</summary>
    public string Version => "v1a";

    /// <summary>Tells whether two keys are the same.</summary>
    /// <param name="left">A key, or null.</param>
    /// <param name="right">Another key, or null.</param>
    public static bool operator ==(Ed25519PublicKey? left, Ed25519PublicKey? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Tells whether two keys are different.</summary>
    /// <inheritdoc cref="op_Equality"/>
    public static bool operator !=(Ed25519PublicKey? left, Ed25519PublicKey? right) => !(left == right);

    /// <summary>Reads a key from its text.</summary>
    /// <param name="text"><c>whpk_</c> and 32 bytes in Base64 (RFC 4648, section 4), with padding.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not such a text. The message does not show it.</exception>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not there; the message says what to install.</exception>
    public static Ed25519PublicKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return TryRead(text, out Ed25519PublicKey? key) is { } problem ? throw new ArgumentException(problem, nameof(text)) : key!;
    }

    /// <summary>Reads a key from its text, if it is one.</summary>
    /// <param name="text">What may be the text of a key.</param>
    /// <param name="key">The key, or null.</param>
    /// <returns>Whether <paramref name="text"/> is the text of a key.</returns>
    /// <exception cref="PlatformNotSupportedException">OpenSSL 3 is not there; the message says what to install.</exception>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Ed25519PublicKey? key)
    {
        key = null;
        return text is not null && TryRead(text, out key) is null;
    }

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) => Ed25519Algorithm.Verify(_key, content, signature);

    /// <inheritdoc/>
    public bool Equals(Ed25519PublicKey? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Ed25519PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>Gives the text of the key, to hand it to receivers.</summary>
    /// <returns><c>whpk_</c> and the key in Base64.</returns>
    public override string ToString() => Prefix + Convert.ToBase64String(_bytes);

    private static string? TryRead(string text, out Ed25519PublicKey? key)
    {
        key = null;
        Span<byte> bytes = stackalloc byte[Ed25519Algorithm.PublicKeyLength];

        if (KeyText.TryDecode(text, Prefix, bytes, out int length) is { } problem)
        {
            return problem;
        }

        if (length != Ed25519Algorithm.PublicKeyLength)
        {
            return string.Create(CultureInfo.InvariantCulture, $"A public key has {Ed25519Algorithm.PublicKeyLength} bytes, but this one has {length}.");
        }

        key = new Ed25519PublicKey(bytes);
        return null;
    }
}
