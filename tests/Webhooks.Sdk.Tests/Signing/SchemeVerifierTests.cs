using System;
using System.Collections.Generic;
using System.Text;
using Xunit;

namespace Webhooks.Sdk.Tests.Signing;

public sealed class SchemeVerifierTests
{
    private const string Key = "whsec_test_s3cret";
    private const string Other = "It's a Secret to Everybody";
    private const string Good = "c8a43c4cb2422abdc2bf1155dcbb68b38d7d5c0c51a21d6820ec4707b71e8279";
    private const string Wrong = "535d8497d859c07ff9680d86abba5699ebc7378ff8fa0443f98861d0826821f7";
    private const string GitHub = "sha256=017aee701ec7daf629f0fab39147249cf41d1c432df59cf57c2c9d5fdcb19a99";
    private const string Shopify = "AXrucB7H2vYp8PqzkUcknPQdHEMt9Zz1fCydX9yxmpk=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    public static TheoryData<string, string?, WebhookVerification> StripeHeaders { get; } = new()
    {
        { "one", $"t=1614265330,v1={Good}", WebhookVerification.Valid },
        { "the newer key first", $"t=1614265330,v1={Wrong},v1={Good}", WebhookVerification.Valid },
        { "the newer key last", $"t=1614265330,v1={Good},v1={Wrong}", WebhookVerification.Valid },
        { "an older version beside it", $"t=1614265330,v1={Good},v0={Wrong}", WebhookVerification.Valid },
        { "the time last", $"v1={Good},t=1614265330", WebhookVerification.Valid },
        { "spaces between", $"t=1614265330, v1={Good}", WebhookVerification.Valid },
        { "rubbish beside it", $"t=1614265330,,v1,=,v1=,v1=é,{new string('x', 100_000)},v1={Good}", WebhookVerification.Valid },
        { "another key's", $"t=1614265330,v1={Wrong}", WebhookVerification.NoMatch },
        { "ours as an older version", $"t=1614265330,v0={Good}", WebhookVerification.NoMatch },
        { "ours as a newer version", $"t=1614265330,v2={Good}", WebhookVerification.NoMatch },
        { "upper case", $"t=1614265330,v1={Good.ToUpperInvariant()}", WebhookVerification.NoMatch },
        { "truncated", $"t=1614265330,v1={Good[..^1]}", WebhookVerification.NoMatch },
        { "lengthened", $"t=1614265330,v1={Good}0", WebhookVerification.NoMatch },
        { "of the body only", $"t=1614265330,v1={GitHub[7..]}", WebhookVerification.NoMatch },
        { "another time in reach", $"t=1614265331,v1={Good}", WebhookVerification.NoMatch },
        { "the same time otherwise written", $"t=01614265330,v1={Good}", WebhookVerification.NoMatch },
        { "no signature", "t=1614265330", WebhookVerification.NoMatch },
        { "no time", $"v1={Good}", WebhookVerification.MalformedHeader },
        { "an empty time", $"t=,v1={Good}", WebhookVerification.MalformedHeader },
        { "two times", $"t=1614265330,t=1614265330,v1={Good}", WebhookVerification.MalformedHeader },
        { "a negative time", $"t=-1614265330,v1={Good}", WebhookVerification.MalformedHeader },
        { "a word", $"t=now,v1={Good}", WebhookVerification.MalformedHeader },
        { "a fraction", $"t=1614265330.5,v1={Good}", WebhookVerification.MalformedHeader },
        { "too many digits", $"t=99999999999999999999,v1={Good}", WebhookVerification.MalformedHeader },
        { "endless zeros", $"t={new string('0', 100_000)},v1={Good}", WebhookVerification.MalformedHeader },
        { "rubbish", "rubbish", WebhookVerification.MalformedHeader },
        { "301 seconds ago", $"t=1614265029,v1={Good}", WebhookVerification.TimestampTooOld },
        { "in 301 seconds", $"t=1614265631,v1={Good}", WebhookVerification.TimestampTooNew },
        { "300 seconds ago, not signed", $"t=1614265030,v1={Good}", WebhookVerification.NoMatch },
        { "in 300 seconds, not signed", $"t=1614265630,v1={Good}", WebhookVerification.NoMatch },
        { "empty", "", WebhookVerification.MissingHeader },
        { "missing", null, WebhookVerification.MissingHeader },
    };

    public static TheoryData<string, string?, WebhookVerification> GitHubHeaders { get; } = new()
    {
        { "one", GitHub, WebhookVerification.Valid },
        { "no version", GitHub[7..], WebhookVerification.NoMatch },
        { "SHA-1", GitHub.Replace("sha256", "sha1", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "upper case", GitHub.ToUpperInvariant(), WebhookVerification.NoMatch },
        { "truncated", GitHub[..^1], WebhookVerification.NoMatch },
        { "lengthened", $"{GitHub}9", WebhookVerification.NoMatch },
        { "one character changed", $"{GitHub[..^1]}8", WebhookVerification.NoMatch },
        { "twice", $"{GitHub},{GitHub}", WebhookVerification.NoMatch },
        { "Base64", Shopify, WebhookVerification.NoMatch },
        { "long", new string('s', 100_000), WebhookVerification.NoMatch },
        { "empty", "", WebhookVerification.MissingHeader },
        { "missing", null, WebhookVerification.MissingHeader },
    };

    public static TheoryData<string, string?, WebhookVerification> ShopifyHeaders { get; } = new()
    {
        { "one", Shopify, WebhookVerification.Valid },
        { "no padding", Shopify.TrimEnd('='), WebhookVerification.NoMatch },
        { "other unused bits", Shopify.Replace("k=", "l=", StringComparison.Ordinal), WebhookVerification.NoMatch },
        { "hexadecimal", GitHub[7..], WebhookVerification.NoMatch },
        { "a space before", $" {Shopify}", WebhookVerification.NoMatch },
        { "twice", $"{Shopify},{Shopify}", WebhookVerification.NoMatch },
        { "empty", "", WebhookVerification.MissingHeader },
        { "missing", null, WebhookVerification.MissingHeader },
    };

    [Theory]
    [MemberData(nameof(StripeHeaders))]
    public void Verify_StripeHeader_IsJudged(string name, string? value, WebhookVerification expected) =>
        Judge(WebhookSignatureScheme.Stripe, "stripe-signature", name, value, expected);

    [Theory]
    [MemberData(nameof(GitHubHeaders))]
    public void Verify_GitHubHeader_IsJudged(string name, string? value, WebhookVerification expected) =>
        Judge(WebhookSignatureScheme.GitHub, "x-hub-signature-256", name, value, expected);

    [Theory]
    [MemberData(nameof(ShopifyHeaders))]
    public void Verify_ShopifyHeader_IsJudged(string name, string? value, WebhookVerification expected) =>
        Judge(WebhookSignatureScheme.Shopify, "x-shopify-hmac-sha256", name, value, expected);

    [Theory]
    [InlineData(10, 10, WebhookVerification.Valid)]
    [InlineData(10, -10, WebhookVerification.Valid)]
    [InlineData(10, 11, WebhookVerification.TimestampTooOld)]
    [InlineData(10, -11, WebhookVerification.TimestampTooNew)]
    [InlineData(300, 300, WebhookVerification.Valid)]
    [InlineData(300, -300, WebhookVerification.Valid)]
    public void Verify_StripeTolerance_IsInclusiveInBothDirections(int tolerance, int age, WebhookVerification expected)
    {
        var verifier = new WebhookVerifier(WebhookSignatureScheme.Stripe, Key)
        {
            Tolerance = TimeSpan.FromSeconds(tolerance),
            TimeProvider = new FixedTime(Now.AddSeconds(age)),
        };

        Assert.Equal(expected, verifier.Verify(_ => $"t=1614265330,v1={Good}", Body));
    }

    [Fact]
    public void Verify_OtherHeader_IsLookedUpInLowerCase()
    {
        var verifier = new WebhookVerifier(WebhookSignatureScheme.GitHub, Key) { Header = "X-Acme-Signature-256" };
        Dictionary<string, string> headers = new() { ["x-acme-signature-256"] = GitHub };

        Assert.Equal("X-Acme-Signature-256", verifier.Header);
        Assert.Equal(WebhookVerification.Valid, verifier.Verify(headers.GetValueOrDefault, Body));
        Assert.Equal(WebhookVerification.MissingHeader, new WebhookVerifier(WebhookSignatureScheme.GitHub, Key).Verify(headers.GetValueOrDefault, Body));
    }

    [Fact]
    public void Create_Misuse_IsRefusedAndShowsNoKey()
    {
        Assert.Throws<ArgumentException>("keys", () => new WebhookVerifier(WebhookSignatureScheme.GitHub));
        Assert.Throws<ArgumentException>("keys", () => new WebhookVerifier(WebhookSignatureScheme.GitHub, ""));
        Assert.Throws<ArgumentNullException>("keys", () => new WebhookVerifier(WebhookSignatureScheme.GitHub, Key, null!));
        Assert.Throws<ArgumentNullException>("keys", () => new WebhookVerifier(WebhookSignatureScheme.GitHub, (IEnumerable<string>)null!));
        Assert.Throws<ArgumentOutOfRangeException>("scheme", () => new WebhookVerifier((WebhookSignatureScheme)99, Key));
        Assert.DoesNotContain("MfKQ", Assert.Throws<ArgumentException>("keys", () => new WebhookVerifier(WebhookSignatureScheme.Stripe, "whsk_MfKQ")).Message);
        Assert.Throws<ArgumentException>("value", () => new WebhookVerifier(WebhookSignatureScheme.GitHub, Key) { Header = "" });
        Assert.Throws<ArgumentException>("value", () => new WebhookVerifier(TestSecrets.A) { Header = "X-A" });
        Assert.Throws<InvalidOperationException>(() => new WebhookVerifier(WebhookSignatureScheme.GitHub, Key).Verify("a", "1", "v1,", Body));
        Assert.Equal("webhook-signature", new WebhookVerifier(TestSecrets.A).Header);
    }

    private static void Judge(WebhookSignatureScheme scheme, string header, string name, string? value, WebhookVerification expected)
    {
        var verifier = new WebhookVerifier(scheme, Other + "?", Key) { TimeProvider = new FixedTime(Now) };

        Assert.True(verifier.Verify(asked => asked == header ? value : null, Body) == expected, name);
    }
}
