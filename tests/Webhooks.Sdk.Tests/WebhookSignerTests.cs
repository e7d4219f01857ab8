using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Webhooks.Sdk.Tests.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests;

public sealed class WebhookSignerTests
{
    private const string Key = "k3y-of-the-receiver";

    public static TheoryData<string> Headers { get; } =
    [
        "", "X A", "X:A", "X\r\nA", "é", "Host", "content-length", "Content-Type", "Content-MD5", "webhook-signature", "Webhook-Id", "svix-signature",
    ];

    [Fact]
    public void Create_EachScheme_HasItsHeaderAndShowsNoKey()
    {
        WebhookSigner[] signers = [WebhookSigner.GitHub(Key), WebhookSigner.Stripe(Key, Key), WebhookSigner.Shopify(Key)];

        Assert.Equal(
            ["GitHub (X-Hub-Signature-256): ***", "Stripe (Stripe-Signature): ***", "Shopify (X-Shopify-Hmac-Sha256): ***"],
            signers.Select(signer => signer.ToString()));
        Assert.Equal(Enum.GetValues<WebhookSignatureScheme>(), signers.Select(signer => signer.Scheme));
        Assert.All(signers, signer => Assert.DoesNotContain(Key, JsonSerializer.Serialize(signer)));
        Assert.Equal(
            DebuggerBrowsableState.Never,
            typeof(WebhookSigner).GetField("_keys", BindingFlags.Instance | BindingFlags.NonPublic)!.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsk_k3y-of-the-receiver")]
    [InlineData("whpk_k3y-of-the-receiver")]
    public void Create_KeyThatIsNone_IsRefusedWithoutBeingShown(string key)
    {
        Assert.All(
            new[]
            {
                Assert.Throws<ArgumentException>(nameof(key), () => WebhookSigner.GitHub(key)),
                Assert.Throws<ArgumentException>(nameof(key), () => WebhookSigner.Shopify(key)),
                Assert.Throws<ArgumentException>("keys", () => WebhookSigner.Stripe(Key, key)),
            },
            refused => Assert.DoesNotContain(Key, refused.Message));
    }

    [Fact]
    public void Create_KeyWithHalfOfASurrogatePair_IsRefusedWithoutBeingShown()
    {
        var refused = Assert.Throws<ArgumentException>("key", () => WebhookSigner.GitHub($"{Key}{'\ud83d'}"));

        Assert.Contains("half of a surrogate pair", refused.Message);
        Assert.DoesNotContain(Key, refused.ToString());
    }

    [Fact]
    public void Create_NullOrTooManyKeys_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("key", () => WebhookSigner.GitHub(null!));
        Assert.Throws<ArgumentNullException>("keys", () => WebhookSigner.Stripe(null!));
        Assert.Throws<ArgumentNullException>("keys", () => WebhookSigner.Stripe(Key, null!));
        Assert.Throws<ArgumentException>("keys", () => WebhookSigner.Stripe());
        Assert.Contains("10 keys, but there are 11", Assert.Throws<ArgumentException>("keys", () => WebhookSigner.Stripe(Enumerable.Repeat(Key, 11))).Message);
        Assert.Contains(
            "room for one key, but there are 2", Assert.Throws<ArgumentException>("keys", () => WebhookSigner.Create(WebhookSignatureScheme.GitHub, [Key, Key])).Message);
    }

    [Fact]
    public void WithHeader_AnotherName_IsAnotherSigner()
    {
        WebhookSigner github = WebhookSigner.GitHub(Key);
        WebhookSigner own = github.WithHeader("X-Acme-Signature-256");

        Assert.Equal(("X-Acme-Signature-256", "X-Hub-Signature-256"), (own.Header, github.Header));
        Assert.Equal(github.Sign(0, [1]), own.Sign(0, [1]));
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void WithHeader_NameThatCannotBeUsed_IsRefused(string name)
    {
        Assert.Throws<ArgumentException>(nameof(name), () => WebhookSigner.GitHub(Key).WithHeader(name));
        Assert.Throws<ArgumentException>(nameof(name), () => Context().SetHeader(name, "v"));
    }

    [Fact]
    public async Task SignAsync_OwnScheme_SetsItsHeader()
    {
        WebhookSigningContext context = Context();

        await WebhookSigner.GitHub("It's a Secret to Everybody").SignAsync(context);

        Assert.Equal(
            ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"),
            (context.Headers.Single().Key, context.Headers.Single().Value));
        await Assert.ThrowsAsync<ArgumentNullException>("context", async () => await WebhookSigner.GitHub(Key).SignAsync(null!));
    }

    [Fact]
    public void Context_Content_IsWhatStandardWebhooksSigns()
    {
        WebhookSigningContext context = Context();
        byte[] content = new byte[context.ContentLength];

        Assert.Equal(content.Length, context.WriteContent(content));
        Assert.Equal("evt_1.1614265330.Hello, World!", Encoding.UTF8.GetString(content));
        Assert.Throws<ArgumentException>(() => context.WriteContent(new byte[content.Length - 1]));
        Assert.Equal("e.-9223372036854775808.".Length, new WebhookSigningContext("e", long.MinValue, default).ContentLength);
    }

    [Fact]
    public void Context_Signatures_AreAListInOrder()
    {
        WebhookSigningContext context = Context();
        context.AddSignature("v1", [1, 2, 3]);
        context.AddSignature("v1a", [255]);

        Assert.Equal("v1,AQID v1a,/w==", context.Signatures);
        Assert.Empty(context.Headers);
        Assert.Throws<ArgumentException>("version", () => context.AddSignature("", [1]));
        Assert.Throws<ArgumentException>("version", () => context.AddSignature("v 1", [1]));
        Assert.Throws<ArgumentException>("version", () => context.AddSignature("v1,", [1]));
        Assert.Throws<ArgumentException>("signature", () => context.AddSignature("v1", []));
        Assert.Throws<ArgumentException>("signature", () => context.AddSignature("v1", new byte[1024]));
        Assert.DoesNotContain("s3cret", Assert.Throws<ArgumentException>("value", () => context.SetHeader("X-A", "s3cret\r\nX: y")).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("evt.1")]
    [InlineData("evt 1")]
    public void Context_IdThatIsNone_IsRefused(string id) => Assert.Throws<ArgumentException>(nameof(id), () => new WebhookSigningContext(id, 0, default));

    [Fact]
    public void Signers_ThatCannotStandSideBySide_AreRefused()
    {
        var url = new Uri("https://acme.example");
        IWebhookSigner[] eleven = [.. Enumerable.Range(0, 11).Select(i => WebhookSigner.GitHub(Key).WithHeader($"X-{i}"))];

        Assert.Throws<ArgumentNullException>("value", () => new WebhookEndpoint(url) { Signers = null! });
        Assert.Throws<ArgumentNullException>("value", () => new WebhookEndpoint(url) { Signers = [null!] });
        Assert.Contains("at most 10 signers, but there are 11", Assert.Throws<ArgumentException>("value", () => new WebhookEndpoint(url) { Signers = eleven }).Message);
        Assert.Contains(
            "Two signers have the header x-hub-signature-256",
            Assert.Throws<ArgumentException>(
                "value",
                () => new WebhookEndpoint(url) { Signers = [WebhookSigner.GitHub(Key), WebhookSigner.GitHub("b").WithHeader("x-hub-signature-256")] }).Message);
        Assert.Equal(10, new WebhookEndpoint(url) { Signers = eleven[..10] }.Signers.Count);
        Assert.Empty(new WebhookEndpoint(url) { Secrets = [TestSecrets.A] }.Signers);
    }

    private static WebhookSigningContext Context() => new("evt_1", 1614265330, Encoding.UTF8.GetBytes("Hello, World!"));
}
