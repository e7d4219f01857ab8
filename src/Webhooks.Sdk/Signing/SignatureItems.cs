using System;
using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Webhooks.Sdk.Signing;

/// <summary>
/// The items of <c>webhook-signature</c> that a key of another kind than <see cref="WebhookSecret"/> verifies.
/// </summary>
internal static class SignatureItems
{
    /// <summary>The most bytes of a signature: nearly twice those of the longest one in use (RSA with 4,096 bits).</summary>
    public const int MostSignatureBytes = 1023;

    // A rotation has two. Each costs a computation with the public key, and how many there are is the sender's choice.
    private const int MostItems = Signature.MostSecrets;

    /// <summary>Tells whether one of the items is the key's signature of <paramref name="prefix"/> and <paramref name="body"/>.</summary>
    public static bool HasOneOf(IWebhookVerificationKey key, ReadOnlySpan<char> signatures, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        string version = key.Version;
        int length = prefix.Length + body.Length;
        byte[]? content = null;
        Span<byte> signature = stackalloc byte[MostSignatureBytes];
        bool found = false;
        int items = 0;

        foreach (Range range in signatures.Split(' '))
        {
            ReadOnlySpan<char> item = signatures[range];

            if (item.Length <= version.Length
                || item[version.Length] != ','
                || !item.StartsWith(version, StringComparison.Ordinal)
                || !TryDecode(item[(version.Length + 1)..], signature, out int signatureLength))
            {
                continue;
            }

            if (content is null)
            {
                content = ArrayPool<byte>.Shared.Rent(length);
                prefix.CopyTo(content);
                body.CopyTo(content.AsSpan(prefix.Length));
            }

            found |= key.Verify(content.AsSpan(0, length), signature[..signatureLength]);

            if (++items == MostItems)
            {
                break;
            }
        }

        if (content is not null)
        {
            ArrayPool<byte>.Shared.Return(content, clearArray: true);
        }

        return found;
    }

    private static bool TryDecode(ReadOnlySpan<char> encoded, Span<byte> signature, out int length)
    {
        length = 0;
        Span<byte> ascii = stackalloc byte[MostSignatureBytes / 3 * 4];

        // The decoder would skip white space; with it the lengths differ.
        return encoded.Length <= ascii.Length
            && Ascii.FromUtf16(encoded, ascii, out _) == OperationStatus.Done
            && Base64.DecodeFromUtf8(ascii[..encoded.Length], signature, out _, out length) == OperationStatus.Done
            && Base64.GetMaxEncodedToUtf8Length(length) == encoded.Length;
    }
}
