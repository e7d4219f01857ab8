using System;
using System.Security.Cryptography;

namespace Webhooks.Sdk.Signing;

/// <summary>
/// <c>sha256=</c> and the body's code in lower hexadecimal.
/// </summary>
internal sealed class GitHubSignature : HeaderSignature
{
    private const string Version = "sha256=";
    private const int Length = 7 + (2 * HMACSHA256.HashSizeInBytes);

    public override string Header => "X-Hub-Signature-256";

    public override int MostKeys => 1;

    public override string Sign(ReadOnlySpan<WebhookSecret> keys, long timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        keys[0].ComputeMac([], body, mac);
        Span<char> value = stackalloc char[Length];
        Write(mac, value);
        return new string(value);
    }

    protected override bool HasSignature(ReadOnlySpan<char> value, ReadOnlySpan<byte> mac)
    {
        Span<char> expected = stackalloc char[Length];
        Write(mac, expected);
        bool isEqual = AreEqual(value, expected);
        expected.Clear();
        return isEqual;
    }

    private static void Write(ReadOnlySpan<byte> mac, Span<char> value)
    {
        Version.CopyTo(value);
        WriteHex(mac, value[Version.Length..]);
    }
}
