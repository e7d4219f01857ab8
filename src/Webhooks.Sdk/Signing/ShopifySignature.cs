using System;
using System.Security.Cryptography;

namespace Webhooks.Sdk.Signing;

/// <summary>
/// The body's code in Base64.
/// </summary>
internal sealed class ShopifySignature : HeaderSignature
{
    public override string Header => "X-Shopify-Hmac-Sha256";

    public override int MostKeys => 1;

    public override string Sign(ReadOnlySpan<WebhookSecret> keys, long timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        keys[0].ComputeMac([], body, mac);
        return Convert.ToBase64String(mac);
    }

    protected override bool HasSignature(ReadOnlySpan<char> value, ReadOnlySpan<byte> mac)
    {
        Span<char> expected = stackalloc char[Signature.Length];
        Convert.TryToBase64Chars(mac, expected, out _);
        bool isEqual = AreEqual(value, expected);
        expected.Clear();
        return isEqual;
    }
}
