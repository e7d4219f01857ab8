using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Polly.CircuitBreaker;
using RichardSzalay.MockHttp;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>A user's handler that fails before anything is sent, beside those that only seem to.</summary>
public sealed class HeldBackTests
{
    [Fact]
    public async Task SendAsync_HandlerThatNeverSends_WasNotReceived()
    {
        WebhookResult result = await SendAsync(new RefusingHandler());

        Assert.Equal((WebhookFailure.NotReceived, 3), (result.Failure, result.Attempts.Count));
        Assert.Equal("BrokenCircuitException", result.Attempts[0].Error);
    }

    [Fact]
    public async Task SendAsync_HandlerThatThrowsAfterSending_IsUnknown()
    {
        WebhookResult result = await SendAsync(new RefusingHandler { SendsFirst = (handler, request) => handler(request) });

        Assert.Equal((WebhookFailure.ConnectionLost, 1), (result.Failure, result.Attempts.Count));
    }

    [Fact]
    public async Task SendAsync_HandlerThatSendsACopyWithTheSameContent_IsUnknown()
    {
        WebhookResult result = await SendAsync(new RefusingHandler
        {
            SendsFirst = (handler, request) => handler(new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content }),
        });

        Assert.Equal((WebhookFailure.ConnectionLost, 1), (result.Failure, result.Attempts.Count));
    }

    [Fact]
    public async Task SendAsync_HandlerThatSendsACopyOfTheBytes_IsUnknown()
    {
        WebhookResult result = await SendAsync(new RefusingHandler
        {
            SendsFirst = async (handler, request) =>
            {
                byte[] bytes = await request.Content!.ReadAsByteArrayAsync();
                await handler(new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(bytes) });
            },
        });

        Assert.Equal((WebhookFailure.ConnectionLost, 1), (result.Failure, result.Attempts.Count));
    }

    [Fact]
    public async Task SendAsync_BodylessRequestOfAHandlerThatThrows_IsUnknown()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(builder => builder.HttpClient.AddHttpMessageHandler(() => new RefusingHandler()));

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).Build());

        Assert.Equal(WebhookFailure.ConnectionLost, result.Failure);
    }

    [Fact]
    public async Task SendAsync_ReplacedTransportThatThrows_IsUnknown()
    {
        using var mock = new MockHttpMessageHandler();
        mock.When("*").Throw(new BrokenCircuitException());
        await using ServiceProvider provider = TestHost.Create(builder => builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => mock));

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Post("https://crm.example").WithText("a", "text/plain").Build());

        Assert.Equal((WebhookFailure.ConnectionLost, 1), (result.Failure, result.Attempts.Count));
    }

    [Fact]
    public async Task SendAsync_HandlerThatUsesAllTheTimeUp_WasNotReceived()
    {
        await using var server = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(
            builder => builder.HttpClient.AddHttpMessageHandler(() => new WaitingHandler()), options => options.MaxAttempts = 1, time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).WithText("a", "text/plain").Build());
        time.Advance(new WebhookOptions().AttemptTimeout);

        Assert.Equal(WebhookFailure.NotReceived, (await sending).Failure);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_HandlerThatFindsAMistake_IsInvalid()
    {
        WebhookResult result = await SendAsync(new RefusingHandler { Refusal = new InvalidOperationException() });

        Assert.Equal((WebhookFailure.InvalidRequest, 1), (result.Failure, result.Attempts.Count));
    }

    private static async Task<WebhookResult> SendAsync(RefusingHandler handler)
    {
        await using var server = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(builder => builder.HttpClient.AddHttpMessageHandler(() => handler), time: time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).WithText("a", "text/plain").Build());
        await time.RunDownDelaysAsync(sending, except: new WebhookOptions().AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal(handler.SendsFirst is null ? 0 : 1, server.Requests.Count);
        return result;
    }

    private sealed class RefusingHandler : DelegatingHandler
    {
        public Func<Func<HttpRequestMessage, Task>, HttpRequestMessage, Task>? SendsFirst { get; init; }

        public Exception Refusal { get; init; } = new BrokenCircuitException();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (SendsFirst is { } send)
            {
                await send(message => base.SendAsync(message, cancellationToken), request);
            }

            throw Refusal;
        }
    }

    private sealed class WaitingHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
