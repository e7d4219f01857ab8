using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>Signatures side by side on one request, on the wire.</summary>
public sealed class SignersTests
{
    private const string Key = "k3y-of-the-receiver";
    private static readonly TimeSpan AttemptTimeout = new WebhookOptions().AttemptTimeout;

    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithId("evt_1").WithJson("""{"id":"é€"}"""u8).Build();

    [Fact]
    public async Task SendAsync_EverySchemeOnOneRequest_EachIsValid()
    {
        await using var server = LoopbackServer.Start(204);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Secrets = [TestSecrets.B, TestSecrets.A],
            Signers =
            [
                WebhookSigner.GitHub(Key), WebhookSigner.Stripe("new", Key), WebhookSigner.Shopify(Key),
                WebhookSigner.GitHub("other").WithHeader("X-Acme-Signature-256"), WebhookSigner.Stripe("other").WithHeader("Acme-Signature"),
            ],
        };

        WebhookResult result = await provider.Webhooks().SendAsync(endpoint, Paid);

        Assert.True(result.Succeeded);
        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal(WebhookVerification.Valid, received.Verify(time, TestSecrets.A));
        Assert.Equal(WebhookVerification.Valid, received.Verify(time, TestSecrets.B));
        Assert.All(Enum.GetValues<WebhookSignatureScheme>(), scheme => Assert.Equal(WebhookVerification.Valid, Verify(scheme, Key)));
        Assert.Equal(WebhookVerification.Valid, Verify(WebhookSignatureScheme.Stripe, "new"));
        Assert.Equal(WebhookVerification.Valid, Verify(WebhookSignatureScheme.GitHub, "other", "X-Acme-Signature-256"));
        Assert.Equal(WebhookVerification.Valid, Verify(WebhookSignatureScheme.Stripe, "other", "Acme-Signature"));
        Assert.Equal(WebhookVerification.NoMatch, Verify(WebhookSignatureScheme.Stripe, "other"));
        Assert.StartsWith($"t={received.Header("webhook-timestamp")},v1=", received.Header("Stripe-Signature"));

        WebhookVerification Verify(WebhookSignatureScheme scheme, string key, string? header = null)
        {
            var verifier = new WebhookVerifier(scheme, key) { TimeProvider = time };
            verifier = header is null ? verifier : new WebhookVerifier(scheme, key) { TimeProvider = time, Header = header };
            return verifier.Verify(received.Header, received.Body);
        }
    }

    [Fact]
    public async Task SendAsync_SignersOnly_HasIdAndTimestampAndIsIdempotent()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        var endpoint = new WebhookEndpoint(server.Url) { Signers = [WebhookSigner.Shopify(Key)] };
        WebhookRequest request = WebhookRequest.Post(server.Url).WithText("x", "text/plain").WithEndpoint(endpoint).Build();

        await provider.Webhooks().SendAsync(request);

        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal(request.Id, received.Header("webhook-id"));
        Assert.NotNull(received.Header("webhook-timestamp"));
        Assert.Null(received.Header("webhook-signature"));
        Assert.True(request.IsIdempotent);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task SendAsync_RequestWithoutABody_IsSignedOverNothing(string method)
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        var endpoint = new WebhookEndpoint(server.Url) { Signers = [WebhookSigner.GitHub("It's a Secret to Everybody")] };
        WebhookRequestBuilder builder = method == "GET" ? WebhookRequest.Get(server.Url) : WebhookRequest.Delete(server.Url);

        await provider.Webhooks().SendAsync(builder.WithEndpoint(endpoint).Build());

        Assert.Equal(
            "sha256=66a0c074deaa0f489ead6537e0d32f9a344b90bbeda705b6ed45ecd3b413fb40", Assert.Single(server.Requests).Header("X-Hub-Signature-256"));
    }

    [Fact]
    public async Task SendAsync_RequestsOwnHeaderOfTheSameName_IsReplacedAndNotDoubled()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.HttpClient.AddHttpMessageHandler(() => new RewritingHandler(request =>
        {
            request.Headers.TryAddWithoutValidation("STRIPE-SIGNATURE", "a handler's");
            return request;
        })));
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Headers = [new("x-hub-signature-256", "the endpoint's"), new("X-Kms", "the endpoint's")],
            Signers =
            [
                WebhookSigner.GitHub(Key), WebhookSigner.Stripe(Key),
                new StubSigner((context, _) =>
                {
                    context.SetHeader("x-kms", "the signer's");
                    return ValueTask.CompletedTask;
                }),
            ],
        };
        WebhookRequest request = WebhookRequest.Post(server.Url).WithHeader("stripe-signature", "the request's").WithText("x", "text/plain").WithEndpoint(endpoint).Build();

        await provider.Webhooks().SendAsync(request);

        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal(WebhookVerification.Valid, new WebhookVerifier(WebhookSignatureScheme.GitHub, Key).Verify(received.Header, received.Body));
        Assert.Equal(WebhookVerification.Valid, new WebhookVerifier(WebhookSignatureScheme.Stripe, Key).Verify(received.Header, received.Body));
        Assert.Equal("the signer's", received.Header("X-Kms"));
        Assert.All(
            ["x-hub-signature-256", "stripe-signature", "x-kms"],
            name => Assert.Single(received.Headers, header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task SendAsync_Retried_SignsEachAttemptAnew()
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(503, headers: "Retry-After: 20\r\n"), LoopbackServer.Response(200));
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        var signer = new StubSigner((context, _) =>
        {
            context.SetHeader("X-Kms", context.Timestamp.ToString(CultureInfo.InvariantCulture));
            return ValueTask.CompletedTask;
        });
        var endpoint = new WebhookEndpoint(server.Url) { Signers = [WebhookSigner.Stripe(Key), signer] };

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(endpoint, Paid);
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.True(result.Succeeded);
        Assert.Equal(2, signer.Calls);
        Assert.Equal(2, server.Requests.Select(request => request.Header("Stripe-Signature")).Distinct().Count());
        Assert.All(server.Requests, request =>
        {
            Assert.Equal(request.Header("webhook-timestamp"), request.Header("X-Kms"));
            Assert.Equal(
                WebhookVerification.Valid,
                new WebhookVerifier(WebhookSignatureScheme.Stripe, Key) { TimeProvider = time }.Verify(request.Header, request.Body));
        });
    }

    [Fact]
    public async Task SendAsync_SignerOfAKeyService_GetsTheRequestAndAddsToTheList()
    {
        await using var server = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        (string, long, string) given = default;
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Secrets = [TestSecrets.A],
            Signers =
            [
                new StubSigner(async (context, cancellationToken) =>
                {
                    await Task.Yield();
                    cancellationToken.ThrowIfCancellationRequested();
                    given = (context.Id, context.Timestamp, Encoding.UTF8.GetString(context.Body.Span));
                    byte[] content = new byte[context.ContentLength];
                    context.WriteContent(content);
                    context.AddSignature("v9", content);
                }),
            ],
        };

        await provider.Webhooks().SendAsync(endpoint, Paid);

        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal(("evt_1", time.GetUtcNow().ToUnixTimeSeconds(), received.Text), given);
        Assert.StartsWith("v1,", received.Header("webhook-signature"));
        Assert.Equal(WebhookVerification.Valid, received.Verify(time, TestSecrets.A));
        Assert.Equal(WebhookVerification.Valid, new WebhookVerifier(new EchoKey("v9")) { TimeProvider = time }.Verify(received.Header, received.Body));
    }
}
