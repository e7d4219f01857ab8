using System;
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Webhooks.Sdk.Signing;

/// <summary>
/// Signatures of the version <c>v1</c> (Standard Webhooks 1.0.0): HMAC-SHA256 over <c>id.timestamp.body</c>, in Base64.
/// </summary>
internal static class Signature
{
    /// <summary>The version and the comma that stand before a signature.</summary>
    public const string Version = "v1,";

    /// <summary>The characters of a signature, without its version: 32 bytes in Base64.</summary>
    public const int Length = 44;

    /// <summary>The most secrets that one request is signed with: a rotation needs two.</summary>
    public const int MostSecrets = 10;

    /// <summary>The most characters that an id may have.</summary>
    public const int MostIdCharacters = 256;

    /// <summary>The most characters that a timestamp may have: those of <see cref="long.MaxValue"/>.</summary>
    public const int MostTimestampCharacters = 19;

    /// <summary>The room that what is signed before the body needs.</summary>
    public const int MostPrefixBytes = MostIdCharacters + MostTimestampCharacters + 2;

    private const int MostBytesOfList = MostSecrets * (3 + Length + 1);

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create(
        "!\"#$%&'()*+,-/0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>
    /// Tells whether an id can be signed without ambiguity: visible ASCII without a full stop, at most 256 characters.
    /// </summary>
    public static bool IsId(ReadOnlySpan<char> id) => id.Length is > 0 and <= MostIdCharacters && !id.ContainsAnyExcept(IdCharacters);

    /// <summary>
    /// Signs a request with each secret and gives the value of <c>webhook-signature</c>: the signatures in the order of the secrets, parted by spaces.
    /// </summary>
    [SkipLocalsInit]
    public static string Sign(IReadOnlyList<WebhookSecret> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        Span<char> timestampText = stackalloc char[MostTimestampCharacters];
        timestamp.TryFormat(timestampText, out int timestampLength, default, CultureInfo.InvariantCulture);

        Span<byte> prefix = stackalloc byte[MostPrefixBytes];
        prefix = prefix[..WritePrefix(id, timestampText[..timestampLength], prefix)];

        Span<byte> list = stackalloc byte[MostBytesOfList];
        int written = 0;

        for (int i = 0; i < secrets.Count; i++)
        {
            if (i > 0)
            {
                list[written++] = (byte)' ';
            }

            written += Encoding.ASCII.GetBytes(Version, list[written..]);
            Compute(secrets[i], prefix, body, list.Slice(written, Length));
            written += Length;
        }

        return Encoding.ASCII.GetString(list[..written]);
    }

    /// <summary>
    /// Writes what is signed before the body, <c>id.timestamp.</c>, of an id and a timestamp in ASCII.
    /// </summary>
    /// <returns>How many bytes were written.</returns>
    public static int WritePrefix(ReadOnlySpan<char> id, ReadOnlySpan<char> timestamp, Span<byte> prefix)
    {
        int written = Encoding.ASCII.GetBytes(id, prefix);
        prefix[written++] = (byte)'.';
        written += Encoding.ASCII.GetBytes(timestamp, prefix[written..]);
        prefix[written++] = (byte)'.';
        return written;
    }

    /// <summary>
    /// Computes the <see cref="Length"/> characters of one signature, in ASCII.
    /// </summary>
    public static void Compute(WebhookSecret secret, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, Span<byte> signature)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        secret.ComputeMac(prefix, body, mac);
        Base64.EncodeToUtf8(mac, signature, out _, out _);
    }
}
