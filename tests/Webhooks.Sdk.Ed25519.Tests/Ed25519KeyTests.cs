using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Ed25519.Tests;

public sealed class Ed25519KeyTests
{
    public static TheoryData<string, string> NoPrivateKeys { get; } = new()
    {
        { "", "begins with whsk_" },
        { TestKeys.PublicText, "begins with whsk_" },
        { "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "begins with whsk_" },
        { " " + TestKeys.SeedText, "begins with whsk_" },
        { "whsk_", "this one has 0" },
        { Text("whsk_", 31), "32 or 64 bytes, but this one has 31" },
        { Text("whsk_", 33), "32 or 64 bytes, but this one has 33" },
        { Text("whsk_", 63), "32 or 64 bytes, but this one has 63" },
        { Text("whsk_", 64), "not the public key of its first half" },
        { Text("whsk_", 65), "at most 64 bytes" },
        { Text("whsk_", 10_000), "at most 64 bytes" },
        { TestKeys.SeedText.TrimEnd('='), "Base64 with padding" },
        { TestKeys.SeedText + "\n", "Base64 with padding" },
        { TestKeys.SeedText.Replace('/', '_'), "Base64 with padding" },
    };

    public static TheoryData<string, string> NoPublicKeys { get; } = new()
    {
        { "", "begins with whpk_" },
        { TestKeys.SeedText, "begins with whpk_" },
        { "whpk_", "has 32 bytes, but this one has 0" },
        { Text("whpk_", 31), "has 32 bytes, but this one has 31" },
        { Text("whpk_", 33), "at most 32 bytes" },
        { Text("whpk_", 64), "at most 32 bytes" },
        { TestKeys.PublicText + " ", "Base64 with padding" },
    };

    [Fact]
    public void Parse_SeedOrSeedAndPublicKey_IsTheSameKey()
    {
        Ed25519PrivateKey ofSeed = Ed25519PrivateKey.Parse(TestKeys.SeedText);

        Assert.Equal(TestKeys.PrivateText, ofSeed.Reveal());
        Assert.Equal(TestKeys.PrivateText, TestKeys.Private.Reveal());
        Assert.Equal(TestKeys.Public, ofSeed.PublicKey);
        Assert.Equal(TestKeys.PublicText, TestKeys.Public.ToString());
        Assert.Equal("v1a", TestKeys.Public.Version);
        Assert.True(Ed25519PrivateKey.TryParse(TestKeys.SeedText, out _));
        Assert.True(Ed25519PublicKey.TryParse(TestKeys.PublicText, out _));
    }

    [Theory]
    [MemberData(nameof(NoPrivateKeys))]
    public void ParsePrivate_TextThatIsNone_IsRefusedWithoutBeingShown(string text, string reason)
    {
        var refused = Assert.Throws<ArgumentException>(nameof(text), () => Ed25519PrivateKey.Parse(text));

        Assert.Contains(reason, refused.Message);
        Assert.DoesNotContain("6Xb/", refused.Message);
        Assert.DoesNotContain("AQEB", refused.Message);
        Assert.False(Ed25519PrivateKey.TryParse(text, out Ed25519PrivateKey? key));
        Assert.Null(key);
    }

    [Theory]
    [MemberData(nameof(NoPublicKeys))]
    public void ParsePublic_TextThatIsNone_IsRefusedWithoutBeingShown(string text, string reason)
    {
        var refused = Assert.Throws<ArgumentException>(nameof(text), () => Ed25519PublicKey.Parse(text));

        Assert.Contains(reason, refused.Message);
        Assert.DoesNotContain("6Xb/", refused.Message);
        Assert.False(Ed25519PublicKey.TryParse(text, out Ed25519PublicKey? key));
        Assert.Null(key);
    }

    [Fact]
    public void Parse_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("text", () => Ed25519PrivateKey.Parse(null!));
        Assert.Throws<ArgumentNullException>("text", () => Ed25519PublicKey.Parse(null!));
        Assert.False(Ed25519PrivateKey.TryParse(null, out _));
        Assert.False(Ed25519PublicKey.TryParse(null, out _));
    }

    [Fact]
    public void Generate_Twice_GivesTwoPairsThatCanBeKept()
    {
        Ed25519PrivateKey one = Ed25519PrivateKey.Generate();
        Ed25519PrivateKey other = Ed25519PrivateKey.Generate();

        Assert.NotEqual(one.PublicKey, other.PublicKey);
        Assert.Equal(one.PublicKey, Ed25519PrivateKey.Parse(one.Reveal()).PublicKey);
        Assert.Equal(64, Convert.FromBase64String(one.Reveal()["whsk_".Length..]).Length);
    }

    [Fact]
    public void PublicKey_Equals_ByBytes()
    {
        Ed25519PublicKey same = Ed25519PublicKey.Parse(TestKeys.PublicText);
        Ed25519PublicKey? none = null;

        Assert.True(TestKeys.Public == same);
        Assert.False(TestKeys.Public != same);
        Assert.Equal(TestKeys.Public.GetHashCode(), same.GetHashCode());
        Assert.True(TestKeys.Public.Equals((object)same));
        Assert.True(TestKeys.Public != TestKeys.Other.PublicKey);
        Assert.False(TestKeys.Public == none);
        Assert.True(none == null);
    }

    [Fact]
    public void PrivateKey_WhereverItShows_ShowsNothing()
    {
        var signer = new Ed25519Signer(TestKeys.Private, TestKeys.Private);

        Assert.Equal("whsk_***", TestKeys.Private.ToString());
        Assert.Equal($"v1a {TestKeys.PublicText} {TestKeys.PublicText}", signer.ToString());
        Assert.DoesNotContain("6Xb/", JsonSerializer.Serialize(TestKeys.Private));
        Assert.Equal("{}", JsonSerializer.Serialize(signer));
    }

    [Fact]
    public async Task Sign_ByManyThreadsAtOnceWithOneKey_IsAlwaysTheSame()
    {
        byte[] expected = new byte[64];
        TestKeys.Private.Sign("message"u8, expected);
        int wrong = 0;

        await Parallel.ForAsync(0, 2_000, (i, _) =>
        {
            byte[] signature = new byte[64];
            TestKeys.Private.Sign("message"u8, signature);
            bool isGenuine = TestKeys.Public.Verify(i % 2 == 0 ? "message"u8 : "another"u8, signature);

            if (!signature.SequenceEqual(expected) || isGenuine != (i % 2 == 0))
            {
                Interlocked.Increment(ref wrong);
            }

            return ValueTask.CompletedTask;
        });

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Signer_NoneOrTooManyKeys_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("keys", () => new Ed25519Signer(null!));
        Assert.Throws<ArgumentNullException>("keys", () => new Ed25519Signer(TestKeys.Private, null!));
        Assert.Throws<ArgumentException>("keys", () => new Ed25519Signer());
        Assert.Throws<ArgumentException>("keys", () => new Ed25519Signer(Enumerable.Repeat(TestKeys.Private, 11)));
    }

    private static string Text(string prefix, int bytes) => prefix + Convert.ToBase64String([.. Enumerable.Repeat((byte)1, bytes)]);
}
