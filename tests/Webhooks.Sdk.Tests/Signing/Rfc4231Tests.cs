using System;
using System.Linq;
using System.Text;
using Xunit;

namespace Webhooks.Sdk.Tests.Signing;

/// <summary>The code that all HMAC signatures are made of, by the vectors of RFC 4231, section 4.</summary>
public sealed class Rfc4231Tests
{
    public static TheoryData<int, string, string, string> Vectors { get; } = new()
    {
        { 1, Repeat("0b", 20), Hex("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
        { 2, Hex("Jefe"), Hex("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
        { 3, Repeat("aa", 20), Repeat("dd", 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
        { 4, "0102030405060708090a0b0c0d0e0f10111213141516171819", Repeat("cd", 50), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b" },
        { 5, Repeat("0c", 20), Hex("Test With Truncation"), "a3b6167473100ee06e0c796c2955552b" },
        {
            6,
            Repeat("aa", 131),
            Hex("Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        },
        {
            7,
            Repeat("aa", 131),
            Hex("This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void ComputeMac_VectorInTwoPieces_GivesItsCode(int number, string key, string data, string expected)
    {
        var secret = new WebhookSecret(Convert.FromHexString(key));
        byte[] content = Convert.FromHexString(data);

        Assert.All(Enumerable.Range(0, content.Length + 1), split =>
        {
            byte[] mac = new byte[32];
            secret.ComputeMac(content.AsSpan(0, split), content.AsSpan(split), mac);
            Assert.True(Convert.ToHexStringLower(mac).StartsWith(expected, StringComparison.Ordinal), $"Test case {number}");
        });
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Verify_Vector_IsGenuineAndItsNeighbourIsNot(int number, string key, string data, string expected)
    {
        IWebhookVerificationKey secret = new WebhookSecret(Convert.FromHexString(key));
        byte[] mac = Convert.FromHexString(expected);

        Assert.Equal("v1", secret.Version);
        Assert.Equal(number != 5, secret.Verify(Convert.FromHexString(data), mac));
        mac[^1] ^= 1;
        Assert.False(secret.Verify(Convert.FromHexString(data), mac));
    }

    private static string Repeat(string hex, int times) => string.Concat(Enumerable.Repeat(hex, times));

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(text));
}
