using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Webhooks.Sdk.Registration;
using Webhooks.Sdk.Tests.Http;
using Webhooks.Sdk.Tests.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests.Registration;

public sealed class SignatureOptionsTests
{
    private const string Secret = "s3cret";

    public static IReadOnlyDictionary<string, (WebhookSignatureOptions Signature, string Message)> Mistakes { get; } =
        new Dictionary<string, (WebhookSignatureOptions, string)>
        {
            ["no scheme"] = (Of(null, Secret), "[0]: cannot be used. The scheme must be one of GitHub, Stripe, Shopify"),
            ["another scheme"] = (Of("Convoy", Secret), "but was 'Convoy'"),
            ["a number"] = (Of("0", Secret), "but was '0'"),
            ["no key"] = (Of("GitHub"), "[0]: cannot be used. The scheme GitHub has room for one key, but there are 0"),
            ["two keys for one"] = (Of("Shopify", Secret, Secret), "room for one key, but there are 2"),
            ["eleven keys"] = (Of("Stripe", [.. Enumerable.Repeat(Secret, 11)]), "has 1 to 10 keys, but there are 11"),
            ["empty key"] = (Of("GitHub", ""), "[0]: cannot be used."),
            ["null key"] = (Of("GitHub", [null!]), "[0]: cannot be used."),
            ["private key"] = (Of("GitHub", $"whsk_{Secret}"), "half of a key pair"),
            ["reserved header"] = (new WebhookSignatureOptions { Scheme = "GitHub", Keys = { Secret }, Header = "webhook-signature" }, "[0]: cannot be used. The header"),
            ["empty header"] = (new WebhookSignatureOptions { Scheme = "GitHub", Keys = { Secret }, Header = "" }, "[0]: cannot be used."),
        };

    public static TheoryData<string> Names { get; } = [.. Mistakes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Validate_Mistake_IsNamedAndShowsNoKey(string name)
    {
        (WebhookSignatureOptions signature, string message) = Mistakes[name];
        var options = new WebhookEndpointOptions { Url = new Uri("https://acme.example"), Signatures = { signature } };

        ValidateOptionsResult result = new WebhookEndpointOptionsValidator().Validate("acme", options);

        string failure = Assert.Single(result.Failures!);
        Assert.Contains("WebhookEndpointOptions.Signatures[0]: ", failure);
        Assert.Contains(message, failure);
        Assert.DoesNotContain(Secret, failure);
        Assert.DoesNotContain("(Parameter", failure);
        Assert.DoesNotContain(Secret, signature.ToString());
    }

    [Fact]
    public void Validate_TwoSignaturesInOneHeader_AreRefused()
    {
        var options = new WebhookEndpointOptions { Url = new Uri("https://acme.example"), Signatures = { Of("GitHub", Secret), Of("github", Secret) } };

        string failure = Assert.Single(new WebhookEndpointOptionsValidator().Validate("acme", options).Failures!);

        Assert.Contains("WebhookEndpointOptions.Signatures: cannot be used. Two signers have the header X-Hub-Signature-256", failure);
        Assert.DoesNotContain(Secret, failure);
    }

    [Fact]
    public async Task Get_FromConfiguration_HasTheSignersAndThoseOfCode()
    {
        var own = new StubSigner((_, _) => ValueTask.CompletedTask);
        IConfigurationRoot configuration = Configuration(
            ("Signatures:0:Scheme", "github"),
            ("Signatures:0:Keys:0", "a"),
            ("Signatures:0:Header", "X-Acme-Signature-256"),
            ("Signatures:1:Scheme", "Stripe"),
            ("Signatures:1:Keys:0", "new"),
            ("Signatures:1:Keys:1", "old"),
            ("Signatures:2:Scheme", "Shopify"),
            ("Signatures:2:Keys:0", "c"));
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks
            .AddEndpoint("acme", configuration)
            .AddEndpoint("acme", options => options.AddSigner(own)));

        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");

        Assert.Equal(
            ["GitHub (X-Acme-Signature-256): ***", "Stripe (Stripe-Signature): ***", "Shopify (X-Shopify-Hmac-Sha256): ***"],
            acme.Signers.SkipLast(1).Select(signer => signer.ToString()));
        Assert.Same(own, acme.Signers[^1]);
        Assert.Equal(WebhookSigner.Stripe("new", "old").Sign(1, []), ((WebhookSigner)acme.Signers[1]).Sign(1, []));
        Assert.Throws<ArgumentNullException>("signer", () => new WebhookEndpointOptions().AddSigner(null!));
        Assert.Throws<ArgumentNullException>("create", () => new WebhookSignatureOptions().UseSigner(null!));
    }

    [Fact]
    public async Task SendAsync_KeysRotateUnderLoad_EveryRequestVerifies()
    {
        // The receiver knows the key of now and the one before, as in any rotation; each step brings a new key and keeps the last for one more step.
        const int Steps = 40;
        WebhookSecret[] secrets = [.. Enumerable.Range(0, Steps + 2).Select(_ => WebhookSecret.Generate())];
        IConfigurationRoot configuration = Configuration(("Signatures:0:Scheme", "Stripe"), ("Signatures:1:Scheme", "GitHub"));
        Rotate(0);
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", configuration));
        configuration["Url"] = server.Url;
        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");
        IWebhookClient webhooks = provider.Webhooks();
        using var done = new CancellationTokenSource();
        int sent = 0;

        Task[] senders = [.. Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                WebhookEvent webhookEvent = WebhookEvent.For("invoice.paid").WithJson("1"u8).Build();
                (await webhooks.SendAsync(acme, webhookEvent)).EnsureSucceeded();
                Interlocked.Increment(ref sent);
            }
        }))];

        for (int step = 1; step <= Steps; step++)
        {
            int before = Volatile.Read(ref sent);
            Rotate(step);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref sent) > before + 8 || senders.Any(sender => sender.IsFaulted), TimeSpan.FromSeconds(10)));
        }

        await done.CancelAsync();
        await Task.WhenAll(senders);

        Assert.Equal(sent, server.Requests.Count);
        Assert.True(sent > 8 * Steps);
        Assert.All(server.Requests, request =>
        {
            // Which step a request was signed in is read of it; whatever the moment, all of its signatures are of that one step.
            int step = Enumerable.Range(0, Steps + 1).Single(i => Matches(request, secrets[i + 1]) && Matches(request, secrets[i]));
            Assert.True(Verify(request, WebhookSignatureScheme.Stripe, Text(step)));
            Assert.True(Verify(request, WebhookSignatureScheme.Stripe, Text(step + 1)));
            Assert.True(Verify(request, WebhookSignatureScheme.GitHub, Text(step + 1)));
        });

        void Rotate(int step)
        {
            configuration["Secrets:0"] = secrets[step + 1].Reveal();
            configuration["Secrets:1"] = secrets[step].Reveal();
            configuration["Signatures:0:Keys:0"] = Text(step + 1);
            configuration["Signatures:0:Keys:1"] = Text(step);
            configuration["Signatures:1:Keys:0"] = Text(step + 1);
            configuration.Reload();
        }

        static string Text(int step) => string.Create(CultureInfo.InvariantCulture, $"key {step}");

        static bool Matches(RecordedRequest request, WebhookSecret secret) => request.Verify(TimeProvider.System, secret) == WebhookVerification.Valid;

        static bool Verify(RecordedRequest request, WebhookSignatureScheme scheme, string key) =>
            new WebhookVerifier(scheme, key).Verify(request.Header, request.Body) == WebhookVerification.Valid;
    }

    private static WebhookSignatureOptions Of(string? scheme, params string[] keys)
    {
        var signature = new WebhookSignatureOptions { Scheme = scheme };

        foreach (string key in keys)
        {
            signature.Keys.Add(key);
        }

        return signature;
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.ToDictionary(pair => pair.Key, string? (pair) => pair.Value).Append(new("Url", "https://acme.example")))
        .Build();
}
