using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Webhooks.Sdk.Tests.Signing;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class EndpointPolicyTests
{
    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithJson("1"u8).Build();

    [Fact]
    public async Task SendAsync_HeadersOfTheEndpoint_ArriveUnlessTheRequestHasItsOwn()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Headers = [new("X-A", "endpoint"), new("X-B", "endpoint"), new("X-C", "1"), new("x-c", "2"), new("User-Agent", "Acme/1")],
        };

        await provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).WithHeader("x-b", "request").WithEndpoint(endpoint).Build());

        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal("endpoint", received.Header("X-A"));
        Assert.Equal("request", received.Header("X-B"));
        Assert.Equal("Acme/1", received.Header("User-Agent"));
        Assert.Contains("1", received.Headers.Where(header => header.Key == "X-C").Select(header => header.Value.Split(", ")[0]));
        Assert.Equal("1, 2", string.Join(", ", received.Headers.Where(header => header.Key.Equals("X-C", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)));
    }

    [Theory]
    [InlineData(10, 11, WebhookFailure.None)]
    [InlineData(100, 9, WebhookFailure.RequestTooLarge)]
    public async Task SendAsync_BodyLimitOfTheEndpoint_TakesThePlaceOfTheOptions(int ofOptions, int ofEndpoint, WebhookFailure expected)
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(options: options => options.MaxRequestBodySize = ofOptions);
        var endpoint = new WebhookEndpoint(server.Url) { Limits = new WebhookLimits { MaxRequestBodySize = ofEndpoint } };

        WebhookResult result = await provider.Webhooks().SendAsync(
            WebhookRequest.Post(server.Url).WithText(new string('x', Math.Min(ofEndpoint + (expected == WebhookFailure.None ? 0 : 1), 11)), "text/plain").WithEndpoint(endpoint).Build());

        Assert.Equal(expected, result.Failure);
    }

    [Fact]
    public async Task SendAsync_NamedEndpoint_ReadsEverythingAnewAtEachAttempt()
    {
        await using var server = LoopbackServer.Start(503, 200);
        var time = new ManualTimeProvider();
        IConfigurationRoot configuration = Configuration(server.Url);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", configuration), time: time);
        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(acme, Paid);
        TimeSpan delay = await time.TimerStartedAsync(length => length != new WebhookOptions().AttemptTimeout);
        configuration["Headers:X-A"] = "2";
        configuration["Credential:BearerToken"] = "two";
        configuration["AttemptTimeout"] = "00:01:30";
        configuration.Reload();
        time.Advance(delay);
        TimeSpan timeout = await time.TimerStartedAsync(length => length == TimeSpan.FromSeconds(90));

        Assert.True((await sending).Succeeded);
        Assert.Equal(TimeSpan.FromSeconds(90), timeout);
        Assert.Equal(["1", "2"], server.Requests.Select(request => request.Header("X-A")!));
        Assert.Equal(["Bearer one", "Bearer two"], server.Requests.Select(request => request.Header("Authorization")!));
    }

    [Fact]
    public async Task SendAsync_NamedEndpointThatMovedDuringARetry_GivesTheNewSecretsToNobodyElse()
    {
        await using var old = LoopbackServer.Start(503, 200);
        await using var moved = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        IConfigurationRoot configuration = Configuration(old.Url);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", configuration), time: time);
        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(acme, Paid);
        TimeSpan delay = await time.TimerStartedAsync(length => length != new WebhookOptions().AttemptTimeout);
        configuration["Url"] = moved.Url;
        configuration["Secrets:0"] = TestSecrets.TextB;
        configuration["Credential:BearerToken"] = "two";
        configuration.Reload();
        time.Advance(delay);

        Assert.True((await sending).Succeeded);
        Assert.Equal(["Bearer one", "Bearer one"], old.Requests.Select(request => request.Header("Authorization")!));
        Assert.Equal(WebhookVerification.Valid, old.Requests[1].Verify(time, TestSecrets.A));
        Assert.True((await provider.Webhooks().SendAsync(acme, Paid)).Succeeded);
        Assert.Equal("Bearer two", Assert.Single(moved.Requests).Header("Authorization"));
    }

    private static IConfigurationRoot Configuration(string url) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Url"] = url,
            ["Secrets:0"] = TestSecrets.TextA,
            ["Headers:X-A"] = "1",
            ["Credential:BearerToken"] = "one",
        })
        .Build();
}
