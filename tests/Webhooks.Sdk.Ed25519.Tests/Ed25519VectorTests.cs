using System;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace Webhooks.Sdk.Ed25519.Tests;

public sealed class Ed25519VectorTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;

    public static TheoryData<string, string> Webhooks { get; } = new()
    {
        { """{"test": 2432232314}""", "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==" },
        { """{"name":"Žluťoučký €😀"}""", "v1a,48iTazTewQ81IGGTeFPynHdYX8TUI4/DDSul0MHOtBOXl343j7PwmjN3aMPE7YvgflR4fN/uIbHpI+acPHwtCg==" },
    };

    [Theory]
    [MemberData(nameof(Rfc8032.Vectors), MemberType = typeof(Rfc8032))]
    public void Sign_VectorOfRfc8032_GivesItsKeyAndSignature(string name, string seed, string publicKey, string message, string signature)
    {
        Ed25519PrivateKey key = TestKeys.OfSeed(seed);
        byte[] actual = new byte[64];

        key.Sign(Convert.FromHexString(message), actual);

        Assert.True(Convert.ToHexStringLower(actual) == signature, name);
        Assert.Equal($"whpk_{Convert.ToBase64String(Convert.FromHexString(publicKey))}", key.PublicKey.ToString());
    }

    [Theory]
    [MemberData(nameof(Rfc8032.Vectors), MemberType = typeof(Rfc8032))]
    public void Verify_VectorOfRfc8032_IsGenuineAndItsNeighboursAreNot(string name, string seed, string publicKey, string message, string signature)
    {
        Ed25519PublicKey key = Ed25519PublicKey.Parse($"whpk_{Convert.ToBase64String(Convert.FromHexString(publicKey))}");
        byte[] content = Convert.FromHexString(message);
        byte[] bytes = Convert.FromHexString(signature);

        Assert.True(key.Verify(content, bytes), name);
        Assert.Equal(TestKeys.OfSeed(seed).PublicKey, key);
        Assert.False(key.Verify([.. content, 0], bytes));
        Assert.False(key.Verify(content, bytes.AsSpan(0, 63)));
        Assert.False(key.Verify(content, [.. bytes, 0]));
        Assert.False(key.Verify(content, []));
        Assert.False(TestKeys.Other.PublicKey.Verify(content, bytes));

        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.False(key.Verify(content, bytes));
            bytes[i] ^= 0x10;
        }
    }

    [Theory]
    [MemberData(nameof(Webhooks))]
    public async Task SignAsync_PublishedWebhook_GivesItsSignature(string body, string signature)
    {
        var context = new WebhookSigningContext(Id, Timestamp, Encoding.UTF8.GetBytes(body));

        await new Ed25519Signer(TestKeys.Private).SignAsync(context);

        Assert.Equal(signature, context.Signatures);
        Assert.Empty(context.Headers);
    }

    [Theory]
    [MemberData(nameof(Webhooks))]
    public void Verify_PublishedWebhook_IsValid(string body, string signature)
    {
        var verifier = new WebhookVerifier(TestKeys.Other.PublicKey, TestKeys.Public) { TimeProvider = new StoppedClock(Timestamp) };
        byte[] bytes = Encoding.UTF8.GetBytes(body);

        Assert.Equal(WebhookVerification.Valid, verifier.Verify(Id, "1614265330", signature, bytes));
        Assert.Equal(WebhookVerification.NoMatch, verifier.Verify("msg_2", "1614265330", signature, bytes));
        Assert.Equal(WebhookVerification.NoMatch, verifier.Verify(Id, "1614265331", signature, bytes));
        Assert.Equal(WebhookVerification.NoMatch, verifier.Verify(Id, "1614265330", signature.Replace("v1a", "v1", StringComparison.Ordinal), bytes));
        Assert.Equal(WebhookVerification.TimestampTooOld, verifier.Verify(Id, "1614265029", signature, bytes));
    }

    private sealed class StoppedClock(long seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
