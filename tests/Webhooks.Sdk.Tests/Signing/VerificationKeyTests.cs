using System;
using System.Linq;
using System.Text;
using Xunit;

namespace Webhooks.Sdk.Tests.Signing;

/// <summary>Keys that the core does not know, beside secrets.</summary>
public sealed class VerificationKeyTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Json = """{"test": 2432232314}""";
    private const string OfSecret = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string Content = $"{Id}.{Timestamp}.{Json}";

    private static readonly string Good = $"v9,{Convert.ToBase64String(Encoding.UTF8.GetBytes(Content))}";
    private static readonly string Wrong = $"v9,{Convert.ToBase64String(Encoding.UTF8.GetBytes("another"))}";

    public static TheoryData<string, string, WebhookVerification> Signatures { get; } = new()
    {
        { "one", Good, WebhookVerification.Valid },
        { "beside a secret's", $"{OfSecret} {Good}", WebhookVerification.Valid },
        { "after a wrong one", $"{Wrong} {Good}", WebhookVerification.Valid },
        { "after nine wrong ones", $"{string.Join(' ', Enumerable.Repeat(Wrong, 9))} {Good}", WebhookVerification.Valid },
        { "after ten wrong ones", $"{string.Join(' ', Enumerable.Repeat(Wrong, 10))} {Good}", WebhookVerification.NoMatch },
        { "rubbish beside it", $"v9 v9, v9,é v9,? , {new string('v', 10_000)} v9,{new string('A', 10_000)} {Good}", WebhookVerification.Valid },
        { "another version", Good.Replace("v9", "v8", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "a version that begins alike", Good.Replace("v9", "v9a", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "truncated", Good[..^1], WebhookVerification.NoMatch },
        { "lengthened by padding", $"{Good}=", WebhookVerification.NoMatch },
        { "a line end in it", Good.Insert(10, "\n"), WebhookVerification.NoMatch },
    };

    [Theory]
    [MemberData(nameof(Signatures))]
    public void Verify_SignatureOfAnotherKind_IsJudged(string name, string signatures, WebhookVerification expected)
    {
        var key = new EchoKey("v9");

        Assert.True(Verify(signatures, key) == expected, name);
        Assert.All(key.Asked, asked => Assert.Equal(Content, asked));
        Assert.InRange(key.Asked.Count, 0, 10);
    }

    [Fact]
    public void Verify_SecretsAndOtherKeys_AreValidByEither()
    {
        Assert.Equal(WebhookVerification.Valid, Verify(OfSecret, TestSecrets.A, new EchoKey("v9")));
        Assert.Equal(WebhookVerification.Valid, Verify(Good, TestSecrets.A, new EchoKey("v9")));
        Assert.Equal(WebhookVerification.Valid, Verify(OfSecret, new EchoKey("v9"), TestSecrets.A));
        Assert.Equal(WebhookVerification.NoMatch, Verify(Wrong, new EchoKey("v9"), TestSecrets.A));
    }

    private static WebhookVerification Verify(string signatures, params IWebhookVerificationKey[] keys) =>
        new WebhookVerifier(keys) { TimeProvider = new FixedTime(DateTimeOffset.FromUnixTimeSeconds(1614265330)) }
            .Verify(Id, Timestamp, signatures, Encoding.UTF8.GetBytes(Json));
}
