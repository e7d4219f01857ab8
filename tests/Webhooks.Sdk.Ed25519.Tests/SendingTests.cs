using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Testing;
using Webhooks.Sdk.Tests;
using Xunit;

namespace Webhooks.Sdk.Ed25519.Tests;

/// <summary>Ed25519 beside the other schemes, on the wire.</summary>
public sealed class SendingTests
{
    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithJson("""{"id":"é€"}"""u8).Build();

    [Fact]
    public async Task SendAsync_SideBySideOnOneRequest_EachReceiverVerifiesItsOwn()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider provider = TestHost.Create();
        IWebhookClient webhooks = provider.Webhooks();
        WebhookSecret secret = TestKeys.Secret;
        Ed25519PrivateKey privateKey = TestKeys.Private;
        Ed25519PublicKey publicKey = privateKey.PublicKey;
        Uri url = receiver.Url;

        // <signers>
        var endpoint = new WebhookEndpoint(url)
        {
            Secrets = [secret], // Standard Webhooks v1: whsec_…
            Signers =
            [
                new Ed25519Signer(privateKey), // Standard Webhooks v1a: whsk_…, of the package Webhooks.Sdk.Ed25519
                WebhookSigner.GitHub("old-key").WithHeader("X-Acme-Signature-256"),
                WebhookSigner.Stripe("new-key", "old-key"),
            ],
        };
        await webhooks.SendAsync(endpoint, Paid);

        ReceivedRequest request = receiver.Requests[0];
        request.AssertSigned(secret).AssertSigned(publicKey);
        request.AssertSigned(new WebhookVerifier(WebhookSignatureScheme.GitHub, "old-key") { Header = "X-Acme-Signature-256" });
        request.AssertSigned(new WebhookVerifier(WebhookSignatureScheme.Stripe, "old-key"));
        // </signers>

        Assert.Equal(["v1", "v1a"], request.Header("webhook-signature")!.Split(' ').Select(item => item.Split(',')[0]));
        Assert.Equal(WebhookVerification.NoMatch, request.Verify(TestKeys.Other.PublicKey));
    }

    [Fact]
    public async Task SendAsync_TwoKeysOnly_IsValidForBothReceivers()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider provider = TestHost.Create();

        await provider.Webhooks().SendAsync(
            new WebhookEndpoint(receiver.Url) { Signers = [new Ed25519Signer(TestKeys.Other, TestKeys.Private)] }, Paid);

        receiver.Requests[0].AssertSigned(TestKeys.Public).AssertSigned(TestKeys.Other.PublicKey);
    }

    [Fact]
    public async Task SendAsync_KeysOfConfiguration_RotateWithoutARestart()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        IConfigurationRoot configuration = Configuration(receiver.Url.ToString(), TestKeys.SeedText);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", configuration).AddEd25519().AddEd25519());
        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");

        await provider.Webhooks().SendAsync(acme, Paid);
        configuration["Signatures:0:Keys:0"] = TestKeys.Other.Reveal();
        configuration.Reload();
        await provider.Webhooks().SendAsync(acme, Paid);

        receiver.Requests[0].AssertSigned(TestKeys.Public);
        receiver.Requests[1].AssertSigned(TestKeys.Other.PublicKey);
        Assert.Equal(WebhookVerification.NoMatch, receiver.Requests[1].Verify(TestKeys.Public));
    }

    [Theory]
    [InlineData("whsk_s3cret", null)]
    [InlineData(TestKeys.PublicText, null)]
    [InlineData(TestKeys.PrivateText, "X-A")]
    public async Task Get_ConfigurationThatIsNotValid_NamesItAndShowsNoKey(string key, string? header)
    {
        IConfigurationRoot configuration = Configuration("https://acme.example", key, header);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEd25519().AddEndpoint("acme", configuration));

        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IWebhookEndpoints>().Get("acme"));

        Assert.Contains("WebhookEndpointOptions.Signatures[0]: cannot be used.", refused.Message);
        Assert.DoesNotContain(key, refused.ToString());
    }

    [Fact]
    public async Task Get_SchemeThatWasNotAdded_SaysWhichCallIsMissing()
    {
        await using ServiceProvider provider = TestHost.Create(
            webhooks => webhooks.AddEndpoint("acme", Configuration("https://acme.example", TestKeys.SeedText)));

        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IWebhookEndpoints>().Get("acme"));

        Assert.Contains("AddEd25519()", refused.Message);
        Assert.Throws<ArgumentNullException>("builder", () => ((IWebhooksBuilder)null!).AddEd25519());
    }

    [Fact]
    public async Task SendAsync_ManyAtOnce_EachVerifies()
    {
        await using WebhookReceiver receiver = WebhookReceiver.Start();
        await using ServiceProvider provider = TestHost.Create();
        var endpoint = new WebhookEndpoint(receiver.Url) { Secrets = [TestKeys.Secret], Signers = [new Ed25519Signer(TestKeys.Private)] };

        await Parallel.ForAsync(0, 200, async (_, token) => (await provider.Webhooks().SendAsync(endpoint, Paid, token)).EnsureSucceeded());

        Assert.Equal(200, receiver.Requests.Count);
        Assert.All(receiver.Requests, request => request.AssertSigned(TestKeys.Public).AssertSigned(TestKeys.Secret));
    }

    private static IConfigurationRoot Configuration(string url, string key, string? header = null) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Url"] = url,
            ["Signatures:0:Scheme"] = "ed25519",
            ["Signatures:0:Keys:0"] = key,
            ["Signatures:0:Header"] = header,
        })
        .Build();
}
