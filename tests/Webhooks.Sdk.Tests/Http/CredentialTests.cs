using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class CredentialTests
{
    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithJson("1"u8).Build();

    public static TheoryData<string, string> Headers { get; } = new()
    {
        { "Authorization", "Bearer t0ken" },
        { "Authorization", "Basic dXNlcjpwYXNz" },
        { "X-Api-Key", "k3y" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public async Task SendAsync_HeaderCredential_ArrivesAtEachAttemptAndNoHandlerSeesIt(string name, string value)
    {
        await using var server = LoopbackServer.Start(503, 200);
        List<string> seen = [];
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(Observe(seen), time: time);
        WebhookCredential credential = value switch
        {
            "Bearer t0ken" => WebhookCredential.Bearer("t0ken"),
            "k3y" => WebhookCredential.Header(name, value),
            _ => WebhookCredential.Basic("user", "pass"),
        };

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url) { Credential = credential }, Paid);
        await time.RunDownDelaysAsync(sending, except: new WebhookOptions().AttemptTimeout);

        Assert.True((await sending).Succeeded);
        Assert.Equal([value, value], server.Requests.Select(request => request.Header(name)!));
        Assert.NotEmpty(seen);
        Assert.DoesNotContain(seen, text => text.Contains(value.Split(' ')[^1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/a", "/a?c%20d=e%26%2B%C3%A9")]
    [InlineData("/a?", "/a?c%20d=e%26%2B%C3%A9")]
    [InlineData("/a?x=1", "/a?x=1&c%20d=e%26%2B%C3%A9")]
    [InlineData("/a?x=1&", "/a?x=1&c%20d=e%26%2B%C3%A9")]
    [InlineData("/%7Ea/b%2Fc?sig=a%2Fb%3D", "/~a/b%2Fc?sig=a%2Fb%3D&c%20d=e%26%2B%C3%A9")]
    public async Task SendAsync_QueryCredential_FollowsTheUrl(string target, string expected)
    {
        await using var server = LoopbackServer.Start(200);
        List<string> seen = [];
        await using ServiceProvider provider = TestHost.Create(Observe(seen));

        await provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url + target) { Credential = WebhookCredential.Query("c d", "e&+é") }, Paid);

        Assert.Equal(expected, Assert.Single(server.Requests).Target);
        Assert.DoesNotContain(seen, text => text.Contains("c%20d", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/%7Ea/../b%2e%2e?sig=a%2Fb%41", "/%7Ea/../b%2e%2e?sig=a%2Fb%41&k=v")]
    [InlineData("/", "/?k=v")]
    public async Task SendAsync_QueryCredentialOfAnOpaqueUrl_LeavesTheUrlByteForByte(string target, string expected)
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();

        await provider.Webhooks().SendAsync(
            new WebhookEndpoint(WebhookUrl.Opaque(server.Url + target)) { Credential = WebhookCredential.Query("k", "v") }, Paid);

        Assert.Equal(expected, Assert.Single(server.Requests).Target);
    }

    [Fact]
    public async Task SendAsync_QueryCredentialThatMakesTheUrlTooLong_IsRefusedBeforeAnythingIsSent()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        string url = $"{server.Url}/{new string('a', 8_190 - server.Url.Length)}";

        WebhookResult result = await provider.Webhooks().SendAsync(new WebhookEndpoint(url) { Credential = WebhookCredential.Query("k", "v") }, Paid);

        Assert.Equal(WebhookFailure.InvalidRequest, result.Failure);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_RequestWithTheHeaderOfTheCredential_KeepsItsOwn()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        var endpoint = new WebhookEndpoint(server.Url) { Credential = WebhookCredential.Bearer(static (_, _) => throw new InvalidOperationException()) };

        WebhookResult result = await provider.Webhooks().SendAsync(
            WebhookRequest.Post(server.Url).WithHeader("authorization", "own").WithEndpoint(endpoint).Build());

        Assert.True(result.Succeeded);
        Assert.Equal("own", Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task SendAsync_TokenRefused_AsksOnceMoreAndRepeatsWithinTheAttempt()
    {
        await using var server = LoopbackServer.Start(401, 200);
        var time = new ManualTimeProvider();
        List<string?> asked = [];
        await using ServiceProvider provider = TestHost.Create(time: time);
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Secrets = [TestSecrets.A],
            Credential = WebhookCredential.Bearer((rejected, _) =>
            {
                asked.Add(rejected);
                time.Advance(TimeSpan.FromSeconds(2));
                return ValueTask.FromResult(rejected is null ? "old" : "new");
            }),
        };

        WebhookResult result = await provider.Webhooks().SendAsync(endpoint, Paid);

        Assert.True(result.Succeeded);
        Assert.Equal(200, Assert.Single(result.Attempts).StatusCode);
        Assert.Equal([null, "old"], asked);
        Assert.Equal(["Bearer old", "Bearer new"], server.Requests.Select(request => request.Header("Authorization")!));
        Assert.Equal(2, server.Requests.Select(request => request.Header("webhook-timestamp")).Distinct().Count());
        Assert.All(server.Requests, request => Assert.Equal(WebhookVerification.Valid, request.Verify(time, TestSecrets.A)));
    }

    [Theory]
    [InlineData("new", 2, 2)]
    [InlineData("old", 1, 2)]
    public async Task SendAsync_TokenRefusedForGood_EndsRejectedAfterOneMoreQuestion(string second, int requests, int questions)
    {
        await using var server = LoopbackServer.Start(401);
        int asked = 0;
        await using ServiceProvider provider = TestHost.Create();
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Credential = WebhookCredential.Bearer((rejected, _) =>
            {
                asked++;
                return ValueTask.FromResult(rejected is null ? "old" : second);
            }),
        };

        WebhookResult result = await provider.Webhooks().SendAsync(endpoint, Paid);

        Assert.Equal((WebhookFailure.Rejected, 401, 1), (result.Failure, result.StatusCode, result.Attempts.Count));
        Assert.Equal((requests, questions), (server.Requests.Count, asked));
    }

    [Fact]
    public async Task SendAsync_StaticTokenRefused_IsNotRepeated()
    {
        await using var server = LoopbackServer.Start(401);
        await using ServiceProvider provider = TestHost.Create();

        WebhookResult result = await provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url) { Credential = WebhookCredential.Bearer("t") }, Paid);

        Assert.Equal(WebhookFailure.Rejected, result.Failure);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAsync_TokenProviderFails_IsNotReceivedAndRetriedWithoutShowingTheReason(bool onlyAfterARefusal)
    {
        await using var server = LoopbackServer.Start(onlyAfterARefusal ? 401 : 200);
        var time = new ManualTimeProvider();
        int failures = 0;
        await using ServiceProvider provider = TestHost.Create(time: time);
        WebhookRequest request = WebhookRequest.Post(server.Url)
            .WithEndpoint(new WebhookEndpoint(server.Url)
            {
                Credential = WebhookCredential.Bearer((rejected, _) => rejected is null && onlyAfterARefusal
                    ? ValueTask.FromResult("old")
                    : Fail()),
            })
            .Build();

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(request);
        await time.RunDownDelaysAsync(sending, except: new WebhookOptions().AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((WebhookFailure.NotReceived, 3, 3), (result.Failure, result.Attempts.Count, failures));
        Assert.Equal("WebhookTokenProvider: IOException", result.Attempts[0].Error);
        Assert.Equal(onlyAfterARefusal ? 3 : 0, server.Requests.Count);

        ValueTask<string> Fail()
        {
            failures++;
            throw new IOException("s3cret");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a\r\nX: y")]
    public async Task SendAsync_TokenProviderGivesNoToken_IsInvalidAndNotRetried(string? token)
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();

        WebhookResult result = await provider.Webhooks().SendAsync(
            new WebhookEndpoint(server.Url) { Credential = WebhookCredential.Bearer((_, _) => ValueTask.FromResult(token!)) }, Paid);

        Assert.Equal((WebhookFailure.InvalidRequest, 1), (result.Failure, result.Attempts.Count));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_SilentTokenProvider_EndsWithTheAttempt()
    {
        await using var server = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(options: options => options.MaxAttempts = 1, time: time);
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Credential = WebhookCredential.Bearer(async (_, cancellationToken) =>
            {
                await LoopbackServer.StaySilentAsync(cancellationToken);
                return "never";
            }),
            Limits = new WebhookLimits { AttemptTimeout = TimeSpan.FromSeconds(90) },
        };

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(endpoint, Paid);
        time.Advance(await time.TimerStartedAsync(length => length == TimeSpan.FromSeconds(90)));
        WebhookResult result = await sending;

        Assert.Equal(WebhookFailure.NotReceived, result.Failure);
        Assert.Equal(TimeSpan.FromSeconds(90), result.Attempts[0].Duration);
    }

    private static Action<IWebhooksBuilder> Observe(List<string> seen) => webhooks => webhooks.HttpClient.AddHttpMessageHandler(() => new ObservingHandler(seen));
}
