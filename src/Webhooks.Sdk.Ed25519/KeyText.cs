using System;
using System.Buffers;
using System.Globalization;

namespace Webhooks.Sdk.Ed25519;

/// <summary>
/// The texts of keys: a prefix, and bytes in Base64.
/// </summary>
internal static class KeyText
{
    private static readonly SearchValues<char> Base64Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <summary>Reads the bytes after the prefix.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prefix">The prefix, with its underscore.</param>
    /// <param name="key">Room for the bytes.</param>
    /// <param name="length">How many bytes there are.</param>
    /// <returns>What is wrong, without the text; or null.</returns>
    public static string? TryDecode(string text, string prefix, Span<byte> key, out int length)
    {
        length = 0;

        if (!text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return $"The key begins with {prefix}, but this text does not. {prefix switch
            {
                "whsk_" => "Only the sender has the private key; whpk_ begins the public one, and whsec_ a shared secret.",
                _ => "Only the public key is for receivers; whsk_ begins the private one, and whsec_ a shared secret.",
            }}";
        }

        ReadOnlySpan<char> encoded = text.AsSpan(prefix.Length);

        // The decoder would skip white space.
        return !encoded.ContainsAnyExcept(Base64Characters) && Convert.TryFromBase64Chars(encoded, key, out length)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The key has at most {key.Length} bytes in Base64 with padding after {prefix}, but the {encoded.Length} characters there are not.");
    }
}
