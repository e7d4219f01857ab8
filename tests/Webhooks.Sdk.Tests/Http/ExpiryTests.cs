using System;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class ExpiryTests
{
    private static readonly TimeSpan AttemptTimeout = new WebhookOptions().AttemptTimeout;

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public async Task SendAsync_ExpiredBefore_SendsNothing(int seconds)
    {
        await using var server = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        DateTimeOffset expiresAt = (time.GetUtcNow() + TimeSpan.FromSeconds(seconds)).ToOffset(TimeSpan.FromHours(5));
        WebhookRequest request = WebhookRequest.Post(server.Url).ExpiresAt(expiresAt).Build();

        WebhookResult result = await provider.Webhooks().SendAsync(request);

        Assert.Equal((WebhookFailure.Expired, null, 1), (result.Failure, result.StatusCode, result.Attempts.Count));
        Assert.Equal(WebhookFailure.Expired, result.Attempts[0].Failure);
        Assert.Empty(server.Requests);
        Assert.Equal(expiresAt.ToUniversalTime(), request.ExpiresAt);
        Assert.Equal(TimeSpan.Zero, request.ExpiresAt!.Value.Offset);
    }

    [Fact]
    public async Task SendAsync_BeforeItExpires_Sends()
    {
        await using var server = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        WebhookEvent paid = WebhookEvent.For("paid").ExpiresAt(time.GetUtcNow() + TimeSpan.FromTicks(1)).WithJson("1"u8).Build();

        Assert.True((await provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url), paid)).Succeeded);
        Assert.Single(server.Requests);
    }

    // The receiver asks to wait for 10 seconds; the attempt that would begin then is the first that may not.
    [Theory]
    [InlineData(10, WebhookFailure.Expired, 1)]
    [InlineData(9, WebhookFailure.Expired, 1)]
    [InlineData(11, WebhookFailure.None, 2)]
    public async Task SendAsync_WaitThatReachesTheExpiry_EndsTheSendAtOnce(int seconds, WebhookFailure expected, int attempts)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(503, headers: "Retry-After: 10\r\n"), LoopbackServer.Response(200));
        var time = new ManualTimeProvider();
        DateTimeOffset start = time.GetUtcNow();
        await using ServiceProvider provider = TestHost.Create(time: time);
        WebhookEvent paid = WebhookEvent.For("paid").ExpiresAt(start + TimeSpan.FromSeconds(seconds)).WithJson("1"u8).Build();

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url), paid);
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((expected, attempts, attempts), (result.Failure, result.Attempts.Count, server.Requests.Count));
        Assert.Equal(WebhookFailure.ReceiverFailed, result.Attempts[0].Failure);
        Assert.Equal(attempts == 1 ? start : start + TimeSpan.FromSeconds(10), time.GetUtcNow());
        Assert.Equal(attempts == 1 ? null : TimeSpan.FromSeconds(10), result.Attempts[0].NextDelay);
    }

    [Fact]
    public async Task SendAsync_ScheduleThatReachesTheExpiry_EndsTheSendAtOnce()
    {
        await using var server = LoopbackServer.Start(503);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        WebhookRequest request = WebhookRequest.Put(server.Url).ExpiresAt(time.GetUtcNow() + TimeSpan.FromMilliseconds(50)).Build();

        WebhookResult result = await provider.Webhooks().SendAsync(request);

        Assert.Equal((WebhookFailure.Expired, 503, 1), (result.Failure, result.StatusCode, result.Attempts.Count));
    }

    // A last attempt has nothing to wait for, and an answer that is final none either.
    [Theory]
    [InlineData(503, WebhookFailure.ReceiverFailed)]
    [InlineData(400, WebhookFailure.Rejected)]
    public async Task SendAsync_NothingToWaitFor_TellsItsOwnFailure(int status, WebhookFailure expected)
    {
        await using var server = LoopbackServer.Start(status);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxAttempts = 1, time: time);

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Put(server.Url).ExpiresAt(time.GetUtcNow() + TimeSpan.FromTicks(1)).Build());

        Assert.Equal(expected, result.Failure);
    }

    [Fact]
    public void Build_LeftOut_NeverExpires()
    {
        WebhookEvent paid = WebhookEvent.For("paid").WithJson("1"u8).Build();

        Assert.Null(paid.ExpiresAt);
        Assert.Null(new WebhookEndpoint("https://acme.example").Compose(paid).ExpiresAt);
        Assert.Null(WebhookRequest.Get("https://acme.example").Build().ExpiresAt);
    }
}
