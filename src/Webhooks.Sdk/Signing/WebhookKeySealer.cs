using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk;

/// <summary>
/// Seals with AES-256-GCM (NIST SP 800-38D) under keys of the operator's: with the first, and unseals with all.
/// </summary>
/// <remarks>
/// Sealed bytes name their key, so a new key is put in front and the old ones stay until nothing is sealed under them any more. Instances are immutable and
/// safe to share between threads. A key serves 2³² sealings (random nonces of 96 bits).
/// </remarks>
public sealed class WebhookKeySealer : IWebhookSealer
{
    private const byte FormatVersion = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly WebhookSealingKey[] _keys;

    /// <summary>Creates a sealer.</summary>
    /// <param name="keys">The keys, the newest first: at least one, each id once.</param>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There is no key, or an id comes twice.</exception>
    public WebhookKeySealer(params IEnumerable<WebhookSealingKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = [.. keys];

        if (_keys.Length == 0)
        {
            throw new ArgumentException("There is no key to seal with; make one with WebhookSealingKey.Generate.", nameof(keys));
        }

        foreach (WebhookSealingKey key in _keys)
        {
            ArgumentNullException.ThrowIfNull(key, nameof(keys));
        }

        if (_keys.Select(static key => key.Id).Distinct(StringComparer.Ordinal).Count() < _keys.Length)
        {
            throw new ArgumentException("Two keys have the same id; sealed bytes name their key by it.", nameof(keys));
        }
    }

    /// <inheritdoc/>
    public byte[] Seal(ReadOnlySpan<byte> clear, string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        WebhookSealingKey key = _keys[0];

        // Version, length and id of the key, nonce, tag, and the encrypted bytes.
        byte[] id = Encoding.ASCII.GetBytes(key.Id);
        byte[] output = new byte[2 + id.Length + NonceBytes + TagBytes + clear.Length];
        output[0] = FormatVersion;
        output[1] = (byte)id.Length;
        id.CopyTo(output, 2);
        Span<byte> rest = output.AsSpan(2 + id.Length);
        RandomNumberGenerator.Fill(rest[..NonceBytes]);

        using var aes = new AesGcm(key.Bytes, TagBytes);
        aes.Encrypt(rest[..NonceBytes], clear, rest[(NonceBytes + TagBytes)..], rest.Slice(NonceBytes, TagBytes), Bind(output.AsSpan(0, 2 + id.Length), purpose));
        return output;
    }

    /// <inheritdoc/>
    public bool TryUnseal(ReadOnlySpan<byte> sealedBytes, string purpose, [NotNullWhen(true)] out byte[]? clear)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        clear = null;

        if (sealedBytes.Length < 2 || sealedBytes[0] != FormatVersion || sealedBytes.Length < 2 + sealedBytes[1] + NonceBytes + TagBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> head = sealedBytes[..(2 + sealedBytes[1])];
        string id = Encoding.ASCII.GetString(head[2..]);
        ReadOnlySpan<byte> rest = sealedBytes[head.Length..];

        if (Array.Find(_keys, key => key.Id == id) is not { } key)
        {
            return false;
        }

        byte[] output = new byte[rest.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key.Bytes, TagBytes);

        try
        {
            aes.Decrypt(rest[..NonceBytes], rest[(NonceBytes + TagBytes)..], rest.Slice(NonceBytes, TagBytes), output, Bind(head, purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        clear = output;
        return true;
    }

    /// <summary>Tells the ids of the keys, and nothing else of them.</summary>
    /// <returns>For example <c>AES-GCM under 2026-01</c>.</returns>
    public override string ToString() => $"AES-GCM under {string.Join(", ", _keys.Select(static key => key.Id))}";

    private static byte[] Bind(ReadOnlySpan<byte> head, string purpose) => [.. head, .. Encoding.UTF8.GetBytes(purpose)];
}
