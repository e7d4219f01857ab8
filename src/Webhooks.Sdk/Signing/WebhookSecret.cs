using System;
using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using System.Threading;

namespace Webhooks.Sdk;

/// <summary>
/// A key that producer and receiver share, by which a receiver knows that a webhook is genuine (Standard Webhooks 1.0.0, <c>v1</c>).
/// </summary>
/// <remarks>
/// <para>
/// Its text is <c>whsec_</c> and 24 to 64 bytes in Base64. Only <see cref="Reveal"/> shows it: <see cref="ToString"/>, the debugger and exceptions do not.
/// </para>
/// <para>
/// Immutable and safe to share between threads; for that reason the key stays in memory as long as the secret does. Intermediate copies
/// are cleared.
/// </para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class WebhookSecret : IEquatable<WebhookSecret>, IWebhookVerificationKey
{
    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;
    private const int GeneratedBytes = 32;

    // A second call into the system's library costs as much as copying several times this.
    private const int MostBytesToCopy = 1024;

    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _key;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private IncrementalHash? _idle;

    internal WebhookSecret(byte[] key)
    {
        _key = key;
    }

    string IWebhookVerificationKey.Version => "v1";

    /// <summary>Tells whether two secrets have the same key.</summary>
    /// <param name="left">A secret, or null.</param>
    /// <param name="right">Another secret, or null.</param>
    public static bool operator ==(WebhookSecret? left, WebhookSecret? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Tells whether two secrets have different keys.</summary>
    /// <inheritdoc cref="op_Equality"/>
    public static bool operator !=(WebhookSecret? left, WebhookSecret? right) => !(left == right);

    /// <summary>Reads a secret from its text.</summary>
    /// <param name="text"><c>whsec_</c> and 24 to 64 bytes in Base64 (RFC 4648, section 4), with padding.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not such a text. The message does not show it.</exception>
    public static WebhookSecret Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        return TryRead(text, out WebhookSecret? secret) is { } problem ? throw new ArgumentException(problem, nameof(text)) : secret!;
    }

    /// <summary>Reads a secret from its text, if it is one.</summary>
    /// <param name="text">What may be the text of a secret.</param>
    /// <param name="secret">The secret, or null.</param>
    /// <returns>Whether <paramref name="text"/> is the text of a secret.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        return text is not null && TryRead(text, out secret) is null;
    }

    /// <summary>Makes a secret of 32 random bytes.</summary>
    /// <returns>A secret that nobody has yet: show it to the receiver once, by <see cref="Reveal"/>.</returns>
    public static WebhookSecret Generate() => new(RandomNumberGenerator.GetBytes(GeneratedBytes));

    /// <summary>Gives the text of the secret, to hand it to the receiver or to keep it. Who has the text can sign.</summary>
    /// <returns><c>whsec_</c> and the key in Base64.</returns>
    public string Reveal() => Prefix + Convert.ToBase64String(_key);

    /// <summary>Tells whether the other secret has the same key, in a time that does not depend on where they differ.</summary>
    /// <param name="other">Another secret, or null.</param>
    /// <returns>Whether the keys are the same.</returns>
    public bool Equals(WebhookSecret? other) => other is not null && CryptographicOperations.FixedTimeEquals(_key, other._key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WebhookSecret);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_key);
        return hash.ToHashCode();
    }

    /// <summary>Tells that this is a secret, and nothing of it.</summary>
    /// <returns><c>whsec_***</c>.</returns>
    public override string ToString() => $"{Prefix}***";

    bool IWebhookVerificationKey.Verify(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        ComputeMac(content, [], mac);
        return CryptographicOperations.FixedTimeEquals(signature, mac);
    }

    /// <summary>
    /// Makes a secret of the UTF-8 bytes of a text, as the schemes older than Standard Webhooks do: for their own signatures, never to be revealed as one of ours.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> is no such key. The message does not show it.</exception>
    internal static WebhookSecret OfText(string text, string paramName)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, paramName);

        if (text.StartsWith("whsk_", StringComparison.Ordinal) || text.StartsWith("whpk_", StringComparison.Ordinal))
        {
            throw new ArgumentException("The key is half of a key pair (ed25519); this scheme needs a text that only sender and receiver know.", paramName);
        }

        byte[] key = new byte[Encoding.UTF8.GetByteCount(text)];

        return Utf8.FromUtf16(text, key, out _, out _, replaceInvalidSequences: false) == OperationStatus.Done
            ? new WebhookSecret(key)
            : throw new ArgumentException("The key has half of a surrogate pair, which no UTF-8 has; pass the text as the receiver has it.", paramName);
    }

    /// <summary>Gives the text that <see cref="OfText"/> made the secret of.</summary>
    internal string RevealText() => Encoding.UTF8.GetString(_key);

    /// <summary>
    /// Computes HMAC-SHA256 over two spans, one after the other, into the 32 bytes of <paramref name="mac"/>.
    /// </summary>
    [SkipLocalsInit]
    internal void ComputeMac(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> mac)
    {
        // Setting up a key costs about as much as the rest. One set-up is kept for the next signature; who comes while it is in use makes another.
        IncrementalHash hash = Interlocked.Exchange(ref _idle, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        int length = first.Length + second.Length;

        if (length <= MostBytesToCopy)
        {
            Span<byte> both = stackalloc byte[MostBytesToCopy];
            first.CopyTo(both);
            second.CopyTo(both[first.Length..]);
            hash.AppendData(both[..length]);
        }
        else
        {
            hash.AppendData(first);
            hash.AppendData(second);
        }

        hash.GetHashAndReset(mac);

        if (Interlocked.CompareExchange(ref _idle, hash, null) is not null)
        {
            hash.Dispose();
        }
    }

    private static string? TryRead(string text, out WebhookSecret? secret)
    {
        secret = null;

        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return $"A secret begins with {Prefix}, but this text does not. Pass it as the receiver or WebhookSecret.Reveal() gave it.";
        }

        Span<byte> key = stackalloc byte[MostBytes];
        string? problem = TryDecode(text.AsSpan(Prefix.Length), key, out int length);

        if (problem is null)
        {
            secret = new WebhookSecret(key[..length].ToArray());
        }

        CryptographicOperations.ZeroMemory(key);
        return problem;
    }

    private static string? TryDecode(ReadOnlySpan<char> encoded, Span<byte> key, out int length)
    {
        length = 0;
        int mostCharacters = Base64.GetMaxEncodedToUtf8Length(MostBytes);

        // The decoder would skip white space.
        if (encoded.Length > mostCharacters
            || encoded.ContainsAnyExcept(Base64Characters)
            || !Convert.TryFromBase64Chars(encoded, key, out length))
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"A secret has {LeastBytes} to {MostBytes} bytes in Base64 with padding after {Prefix}, but the {encoded.Length} characters there are not.");
        }

        return length < LeastBytes
            ? string.Create(CultureInfo.InvariantCulture, $"A secret has {LeastBytes} to {MostBytes} bytes, but this one has {length}; generate a longer one.")
            : null;
    }
}
