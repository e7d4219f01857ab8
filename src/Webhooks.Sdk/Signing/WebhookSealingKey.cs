using System;
using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Webhooks.Sdk;

/// <summary>
/// A key that stored secrets are sealed with: 32 bytes under an id, by which sealed bytes name their key.
/// </summary>
/// <remarks>
/// Its text is the id, a colon, and the bytes in Base64. Only <see cref="Reveal"/> shows it. Immutable and safe to share between threads.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class WebhookSealingKey
{
    internal const int KeyBytes = 32;
    private const int MaxIdLength = 32;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private WebhookSealingKey(string id, byte[] bytes)
    {
        Id = id;
        Bytes = bytes;
    }

    /// <summary>Gets the id of the key, which is no secret: 1 to 32 of <c>A-Z a-z 0-9 _ - .</c>.</summary>
    public string Id { get; }

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal byte[] Bytes { get; }

    /// <summary>Reads a key from its text.</summary>
    /// <param name="text">For example <c>2026-01:</c> and 32 bytes in Base64.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not such a text. The message does not show it.</exception>
    public static WebhookSealingKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        byte[] bytes = new byte[KeyBytes + 3];

        if (colon < 0 || !Convert.TryFromBase64Chars(text.AsSpan(colon + 1), bytes, out int length) || length != KeyBytes)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A sealing key is an id, a colon, and {KeyBytes} bytes in Base64. Make one with WebhookSealingKey.Generate."),
                nameof(text));
        }

        return new WebhookSealingKey(ValidateId(text[..colon], nameof(text)), bytes[..KeyBytes]);
    }

    /// <summary>Makes a key of 32 random bytes.</summary>
    /// <param name="id">The id: 1 to 32 of <c>A-Z a-z 0-9 _ - .</c>, for example the month it is made in.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException"><paramref name="id"/> is not such an id.</exception>
    public static WebhookSealingKey Generate(string id) => new(ValidateId(id, nameof(id)), RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>Gives the text of the key, to keep it where secrets are kept. Who has it can unseal.</summary>
    /// <returns>The id, a colon, and the bytes in Base64.</returns>
    public string Reveal() => $"{Id}:{Convert.ToBase64String(Bytes)}";

    /// <summary>Tells the id of the key, and nothing else of it.</summary>
    /// <returns>For example <c>2026-01:***</c>.</returns>
    public override string ToString() => $"{Id}:***";

    private static string ValidateId(string id, string paramName)
    {
        ArgumentNullException.ThrowIfNull(id, paramName);

        return id.Length is 0 or > MaxIdLength || id.AsSpan().ContainsAnyExcept(Allowed)
            ? throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The id of a sealing key has 1 to {MaxIdLength} of the characters A-Z, a-z, 0-9, _, - and full stop."), paramName)
            : id;
    }
}
