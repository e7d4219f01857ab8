using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>Signers of key services that fail, or take too long.</summary>
public sealed class FailingSignersTests
{
    private static readonly TimeSpan AttemptTimeout = new WebhookOptions().AttemptTimeout;

    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithJson("1"u8).Build();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAsync_SignerFails_IsNotReceivedAndRetriedWithoutShowingTheReason(bool isAsync)
    {
        await using var server = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        var signer = new StubSigner(async (_, _) =>
        {
            await (isAsync ? Task.Yield() : default);
            throw new IOException("s3cret");
        });

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url) { Signers = [signer] }, Paid);
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((WebhookFailure.NotReceived, 3, 3), (result.Failure, result.Attempts.Count, signer.Calls));
        Assert.Equal("IWebhookSigner: IOException", result.Attempts[0].Error);
        Assert.DoesNotContain("s3cret", $"{result} {Record.Exception(() => result.EnsureSucceeded())}");
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_SignerThatThrowsAtOnceOrWritesWhatCannotBeSent_IsNotReceived()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxAttempts = 1);
        StubSigner[] signers =
        [
            new((_, _) => throw new TimeoutException()),
            new((context, _) =>
            {
                context.SetHeader("X-A", "a\r\nX: y");
                return ValueTask.CompletedTask;
            }),
        ];

        WebhookResult[] results = await Task.WhenAll(signers.Select(signer => provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url) { Signers = [signer] }, Paid)));

        Assert.All(results, result => Assert.Equal(WebhookFailure.NotReceived, result.Failure));
        Assert.Equal(["IWebhookSigner: TimeoutException", "IWebhookSigner: ArgumentException"], results.Select(result => result.Attempts[0].Error));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAsync_SignerThatTakesTooLong_EndsAtTheAttemptsOneDeadline(bool heedsTheToken)
    {
        await using var server = LoopbackServer.Start(200);
        var time = new ManualTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxAttempts = 1, time: time);
        var signer = new StubSigner(async (context, cancellationToken) =>
        {
            asked.SetResult();
            await (heedsTheToken ? late.Task.WaitAsync(cancellationToken) : late.Task);
            context.SetHeader("X-A", "too late");
        });

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url) { Signers = [signer] }, Paid);
        await asked.Task;
        time.Advance(AttemptTimeout);
        WebhookResult result = await sending;
        late.SetResult();

        Assert.Equal((WebhookFailure.NotReceived, 1), (result.Failure, result.Attempts.Count));
        Assert.Equal("IWebhookSigner: TaskCanceledException", result.Attempts[0].Error);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_SignerThatFailsAfterItWasLeftBehind_IsNobodysUnobservedException()
    {
        int unobserved = 0;
        TaskScheduler.UnobservedTaskException += Count;
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();

        await LeaveBehindAsync(provider.Webhooks(), server.Url);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= Count;

        Assert.Equal(0, unobserved);

        void Count(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved += e.Exception.InnerException is InvalidTimeZoneException ? 1 : 0;

        static async Task LeaveBehindAsync(IWebhookClient webhooks, string url)
        {
            using var cancellation = new CancellationTokenSource();
            var late = new TaskCompletionSource();
            var signer = new StubSigner(async (_, _) =>
            {
                await cancellation.CancelAsync();
                await late.Task;
                throw new InvalidTimeZoneException();
            });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => webhooks.SendAsync(new WebhookEndpoint(url) { Signers = [signer] }, Paid, cancellation.Token));
            late.SetResult();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SendAsync_CancelledWhileASignerIsAsked_Throws(bool heedsTheToken)
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();
        using var cancellation = new CancellationTokenSource();
        var never = new TaskCompletionSource();
        var signer = new StubSigner(async (_, cancellationToken) =>
        {
            await cancellation.CancelAsync();
            await (heedsTheToken ? never.Task.WaitAsync(cancellationToken) : never.Task);
        });

        OperationCanceledException thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url) { Signers = [signer] }, Paid, cancellation.Token));

        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_SignerFailsAfterAHandlerOutsideHasSentOnce_IsNotTakenForUnsent()
    {
        await using var server = LoopbackServer.Start(503, 200);
        var resender = new ResendingHandler(() => { });
        await using ServiceProvider provider = TestHost.Create(
            webhooks => webhooks.HttpClient.AddHttpMessageHandler(() => resender), options => options.MaxAttempts = 1);
        int calls = 0;
        var signer = new StubSigner((_, _) => calls++ == 0 ? ValueTask.CompletedTask : throw new IOException());

        WebhookResult result = await provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url) { Signers = [signer] }, Paid);

        Assert.Equal((WebhookFailure.ConnectionLost, 2), (result.Failure, calls));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_UsersHandlerThatReplacesTheBody_IsRefusedBeforeASignerIsAsked()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.HttpClient.AddHttpMessageHandler(() => new RewritingHandler(request =>
        {
            request.Content = new StringContent("another");
            return request;
        })));
        var signer = new StubSigner((_, _) => ValueTask.CompletedTask);

        WebhookResult result = await provider.Webhooks().SendAsync(new WebhookEndpoint(server.Url) { Signers = [signer] }, Paid);

        Assert.Equal((WebhookFailure.InvalidRequest, 0), (result.Failure, signer.Calls));
        Assert.Empty(server.Requests);
    }
}
