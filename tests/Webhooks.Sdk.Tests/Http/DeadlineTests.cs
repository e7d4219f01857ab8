using System;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>One deadline holds over everything a receiver can draw out.</summary>
public sealed class DeadlineTests
{
    private const string Interim = "HTTP/1.1 102 Processing\r\n\r\n";

    [Theory]
    [InlineData(Interim, Interim, WebhookFailure.TimedOut, null, null)]
    [InlineData("HTTP/1.1 200 OK\r\n", "X-Drip: 1\r\n", WebhookFailure.TimedOut, null, null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "x", WebhookFailure.None, 200, "xx")]
    [InlineData("HTTP/1.1 503 No\r\nContent-Length: 1000\r\n\r\n", "x", WebhookFailure.ReceiverFailed, 503, "xx")]
    public async Task SendAsync_AnswerDrawnOut_EndsAtTheDeadline(string head, string drip, WebhookFailure failure, int? status, string? text)
    {
        // Where the head is whole, the deadline must not come before the client has read it.
        var dripped = new TaskCompletionSource();
        var begun = new SignallingHandler();
        bool isHeadWhole = status is not null;
        await using var server = LoopbackServer.Start(async (_, stream, cancellationToken) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head + drip + drip), cancellationToken);
            dripped.SetResult();
            await LoopbackServer.StaySilentAsync(cancellationToken);
        });
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(
            builder => builder.HttpClient.AddHttpMessageHandler(() => begun), options => options.MaxAttempts = 1, time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).Build());
        await Task.WhenAll(dripped.Task, isHeadWhole ? begun.Answered : Task.CompletedTask);
        Assert.False(sending.IsCompleted);
        time.Advance(new WebhookOptions().AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((failure, status), (result.Failure, result.StatusCode));
        Assert.StartsWith(result.ResponseText ?? "-", text ?? "-", StringComparison.Ordinal);
        Assert.NotNull(result.Attempts[0].Error);
    }

    [Fact]
    public async Task SendAsync_SwitchingProtocols_IsRejectedWithoutWaiting()
    {
        await using var server = LoopbackServer.Start((_, stream, cancellationToken) => stream.WriteAsync(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n"u8.ToArray(), cancellationToken).AsTask());
        await using ServiceProvider provider = TestHost.Create();

        WebhookResult result = await provider.Webhooks().SendAsync(WebhookRequest.Get(server.Url).Build(), CancellationToken.None);

        Assert.Equal((WebhookFailure.Rejected, 101), (result.Failure, result.StatusCode));
    }

    private sealed class SignallingHandler : DelegatingHandler
    {
        private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Answered => _answered.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            _answered.SetResult();
            return answer;
        }
    }
}
