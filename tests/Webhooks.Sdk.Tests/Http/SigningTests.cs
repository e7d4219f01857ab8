using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RichardSzalay.MockHttp;
using Webhooks.Sdk.Tests.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class SigningTests
{
    private static readonly TimeSpan AttemptTimeout = new WebhookOptions().AttemptTimeout;

    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid")
        .WithId("evt_1")
        .WithTimestamp(new DateTimeOffset(2026, 3, 1, 11, 59, 0, TimeSpan.Zero))
        .WithJson("""{"id":"in_1"}"""u8)
        .Build();

    [Fact]
    public async Task SendAsync_EventToAnEndpoint_ArrivesSignedAndVerifies()
    {
        await using var server = LoopbackServer.Start(204);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        var endpoint = new WebhookEndpoint(server.Url + "/hooks") { Secrets = [TestSecrets.B, TestSecrets.A] };

        WebhookResult result = await provider.Webhooks().SendAsync(endpoint, Paid);

        Assert.True(result.Succeeded);
        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal("POST /hooks HTTP/1.1", received.RequestLine);
        Assert.Equal("application/json", received.Header("Content-Type"));
        Assert.Equal("""{"type":"invoice.paid","timestamp":"2026-03-01T11:59:00Z","data":{"id":"in_1"}}""", received.Text);
        Assert.Equal("evt_1", received.Header("webhook-id"));
        Assert.Equal(TestSecrets.Seconds(time.GetUtcNow()), received.Header("webhook-timestamp"));
        Assert.Equal(2, received.Header("webhook-signature")!.Split(' ').Length);
        Assert.Equal(WebhookVerification.Valid, received.Verify(time, TestSecrets.A));
        Assert.Equal(WebhookVerification.Valid, received.Verify(time, TestSecrets.B));
    }

    [Fact]
    public async Task SendAsync_Retried_StampsEachAttemptAnewUnderTheSameIdAndBytes()
    {
        await using var server = LoopbackServer.StartRaw(
            LoopbackServer.Response(503, headers: "Retry-After: 20\r\n"), LoopbackServer.Response(503, headers: "Retry-After: 20\r\n"), LoopbackServer.Response(200));
        var time = new ManualTimeProvider();
        DateTimeOffset start = time.GetUtcNow();
        await using ServiceProvider provider = TestHost.Create(time: time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(Endpoint(server.Url), Paid);
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.True(result.Succeeded);
        Assert.Equal(3, server.Requests.Count);
        Assert.Equal(["evt_1"], server.Requests.Select(request => request.Header("webhook-id")).Distinct());
        Assert.Single(server.Requests.Select(request => request.Text).Distinct());
        Assert.Equal([0, 20, 40], server.Requests.Select(request => long.Parse(request.Header("webhook-timestamp")!, null) - start.ToUnixTimeSeconds()));
        Assert.Equal(3, server.Requests.Select(request => request.Header("webhook-signature")).Distinct().Count());
        Assert.All(server.Requests, request => Assert.Equal(WebhookVerification.Valid, request.Verify(time, TestSecrets.A)));
    }

    [Fact]
    public async Task SendAsync_RotatedDuringARetry_SignsWithTheNewSecret()
    {
        await using var server = LoopbackServer.Start(503, 200);
        var time = new ManualTimeProvider();
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Url"] = server.Url, ["Secrets:0"] = TestSecrets.TextA })
            .Build();
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", configuration), time: time);
        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(acme, Paid);
        TimeSpan delay = await time.TimerStartedAsync(length => length != AttemptTimeout);
        configuration["Secrets:0"] = TestSecrets.TextB;
        configuration.Reload();
        time.Advance(delay);
        WebhookResult result = await sending;

        Assert.True(result.Succeeded);
        Assert.Equal(WebhookVerification.Valid, server.Requests[0].Verify(time, TestSecrets.A));
        Assert.Equal(WebhookVerification.Valid, server.Requests[1].Verify(time, TestSecrets.B));
        Assert.Equal(WebhookVerification.NoMatch, server.Requests[1].Verify(time, TestSecrets.A));
    }

    [Fact]
    public async Task SendAsync_UsersHandlerThatRetries_GetsAFreshStampForEachPass()
    {
        await using var server = LoopbackServer.Start(503, 200);
        var time = new ManualTimeProvider();
        var resender = new ResendingHandler(() => time.Advance(TimeSpan.FromSeconds(5)));
        await using ServiceProvider provider = TestHost.Create(
            webhooks => webhooks.HttpClient.AddHttpMessageHandler(() => resender), options => options.MaxAttempts = 1, time);

        WebhookResult result = await provider.Webhooks().SendAsync(Endpoint(server.Url), Paid);

        Assert.True(result.Succeeded);
        Assert.Single(result.Attempts);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(2, server.Requests.Select(request => request.Header("webhook-timestamp")).Distinct().Count());
        Assert.All(server.Requests, request => Assert.Equal(WebhookVerification.Valid, request.Verify(time, TestSecrets.A)));
    }

    [Fact]
    public async Task SendAsync_UsersHandlerThatSendsACopy_IsSignedAllTheSame()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.HttpClient.AddHttpMessageHandler(() => new RewritingHandler(request =>
            new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content })));

        await provider.Webhooks().SendAsync(Endpoint(server.Url), Paid);

        Assert.Equal(WebhookVerification.Valid, Assert.Single(server.Requests).Verify(TimeProvider.System, TestSecrets.A));
    }

    [Fact]
    public async Task SendAsync_UsersHandlerThatSetsTheSameHeaders_IsOverruled()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.HttpClient.AddHttpMessageHandler(() => new RewritingHandler(request =>
        {
            request.Headers.Add("webhook-id", "another");
            request.Headers.Add("Webhook-Timestamp", "1");
            request.Headers.Add("WEBHOOK-SIGNATURE", "v1,another");
            return request;
        })));

        await provider.Webhooks().SendAsync(Endpoint(server.Url), Paid);

        Assert.Equal(WebhookVerification.Valid, Assert.Single(server.Requests).Verify(TimeProvider.System, TestSecrets.A));
    }

    [Fact]
    public async Task SendAsync_UsersHandlerThatReplacesTheBody_IsRefusedBeforeAnythingIsSent()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.HttpClient.AddHttpMessageHandler(() => new RewritingHandler(request =>
        {
            request.Content = new StringContent("another");
            return request;
        })));

        WebhookResult result = await provider.Webhooks().SendAsync(Endpoint(server.Url), Paid);

        Assert.Equal((WebhookFailure.InvalidRequest, 1), (result.Failure, result.Attempts.Count));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_ReplacedPrimaryHandler_SeesTheRequestSigned()
    {
        string?[] seen = [];
        byte[] body = [];
        using var mock = new MockHttpMessageHandler();
        mock.When(HttpMethod.Post, "https://acme.example/hooks").Respond(async request =>
        {
            seen = [.. new[] { "webhook-id", "webhook-timestamp", "webhook-signature" }.Select(name => request.Headers.GetValues(name).Single())];
            body = await request.Content!.ReadAsByteArrayAsync();
            return new HttpResponseMessage(HttpStatusCode.OK);
        });
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(
            webhooks => webhooks.HttpClient.ConfigurePrimaryHttpMessageHandler(() => mock).AddHttpMessageHandler(() => new RewritingHandler(request => request)), time: time);

        WebhookResult result = await provider.Webhooks().SendAsync(Endpoint("https://acme.example"), Paid);

        Assert.True(result.Succeeded);
        Assert.Equal(WebhookVerification.Valid, new WebhookVerifier(TestSecrets.A) { TimeProvider = time }.Verify(seen[0], seen[1], seen[2], body));
    }

    [Fact]
    public async Task SendAsync_UsersHandler_DoesNotSeeTheSignatureBeforeItIsMade()
    {
        await using var server = LoopbackServer.Start(200);
        bool sawSignature = true;
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.HttpClient.AddHttpMessageHandler(() => new RewritingHandler(request =>
        {
            sawSignature = request.Headers.Contains("webhook-signature");
            return request;
        })));

        await provider.Webhooks().SendAsync(Endpoint(server.Url), Paid);

        Assert.False(sawSignature);
    }

    [Fact]
    public async Task SendAsync_EventToAnEndpointWithoutSecrets_HasIdAndTimestampAndNoSignature()
    {
        await using var server = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);

        await provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url), Paid);

        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal("evt_1", received.Header("webhook-id"));
        Assert.Equal(TestSecrets.Seconds(time.GetUtcNow()), received.Header("webhook-timestamp"));
        Assert.Null(received.Header("webhook-signature"));
    }

    [Theory]
    [InlineData("POST", true)]
    [InlineData("POST", false)]
    [InlineData("GET", false)]
    public async Task SendAsync_OtherRequestToAnEndpointWithSecrets_IsSigned(string method, bool hasBody)
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        WebhookRequestBuilder builder = method == "GET" ? WebhookRequest.Get(server.Url) : WebhookRequest.Post(server.Url);
        WebhookRequest request = (hasBody ? builder.WithText("héllo", "text/plain") : builder).WithEndpoint(Endpoint(server.Url)).Build();

        await provider.Webhooks().SendAsync(request);

        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal(request.Id, received.Header("webhook-id"));
        Assert.Equal(WebhookVerification.Valid, received.Verify(TimeProvider.System, TestSecrets.A));
        Assert.True(request.IsIdempotent);
    }

    [Fact]
    public async Task SendAsync_RequestWithoutAnEndpointWithSecrets_HasNoneOfTheHeaders()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();

        await provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).WithText("x", "text/plain").WithEndpoint(new WebhookEndpoint(server.Url)).Build());

        Assert.DoesNotContain(Assert.Single(server.Requests).Headers, header => header.Key.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SendAsync_TwiceAdded_SignsOnce()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.Services.AddWebhooks());

        await provider.Webhooks().SendAsync(Endpoint(server.Url), Paid);

        Assert.Single(Assert.Single(server.Requests).Headers, header => header.Key == "webhook-signature");
    }

    private static WebhookEndpoint Endpoint(string url) => new(url + "/hooks") { Secrets = [TestSecrets.A] };
}
