using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

public sealed class WebhookClientTests
{
    private static readonly TimeSpan AttemptTimeout = new WebhookOptions().AttemptTimeout;

    [Fact]
    public async Task SendAsync_AcceptedByTheReceiver_Succeeds()
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(201, "created", "X-Trace: a\r\nX-Trace: b\r\n"));
        await using ServiceProvider provider = TestHost.Create();

        WebhookResult result = await provider.Webhooks().SendAsync(Put(server.Url + "/users/42"));

        Assert.True(result.Succeeded);
        Assert.Equal(WebhookFailure.None, result.Failure);
        Assert.Equal(201, result.StatusCode);
        Assert.Equal("created", result.ResponseText);
        Assert.Null(result.RetryAfter);
        Assert.Equal(["a", "b"], result.ResponseHeaders.Where(header => header.Key == "X-Trace").Select(header => header.Value));
        WebhookAttempt attempt = Assert.Single(result.Attempts);
        Assert.Equal((1, 201, WebhookFailure.None, null, null), (attempt.Number, attempt.StatusCode, attempt.Failure, attempt.Error, attempt.NextDelay));
        RecordedRequest received = Assert.Single(server.Requests);
        Assert.Equal("PUT /users/42 HTTP/1.1", received.RequestLine);
        Assert.Equal("application/json", received.Header("Content-Type"));
        Assert.Equal("""{"name":"Ada"}""", received.Text);
    }

    // CONTRACTS: one table of answers for all paths.
    [Theory]
    [InlineData(200, WebhookFailure.None, 1)]
    [InlineData(204, WebhookFailure.None, 1)]
    [InlineData(299, WebhookFailure.None, 1)]
    [InlineData(300, WebhookFailure.Rejected, 1)]
    [InlineData(301, WebhookFailure.Rejected, 1)]
    [InlineData(302, WebhookFailure.Rejected, 1)]
    [InlineData(304, WebhookFailure.Rejected, 1)]
    [InlineData(307, WebhookFailure.Rejected, 1)]
    [InlineData(308, WebhookFailure.Rejected, 1)]
    [InlineData(400, WebhookFailure.Rejected, 1)]
    [InlineData(401, WebhookFailure.Rejected, 1)]
    [InlineData(404, WebhookFailure.Rejected, 1)]
    [InlineData(409, WebhookFailure.Rejected, 1)]
    [InlineData(422, WebhookFailure.Rejected, 1)]
    [InlineData(408, WebhookFailure.ReceiverFailed, 3)]
    [InlineData(425, WebhookFailure.ReceiverFailed, 3)]
    [InlineData(429, WebhookFailure.Throttled, 3)]
    [InlineData(410, WebhookFailure.Gone, 1)]
    [InlineData(500, WebhookFailure.ReceiverFailed, 3)]
    [InlineData(501, WebhookFailure.ReceiverFailed, 3)]
    [InlineData(503, WebhookFailure.ReceiverFailed, 3)]
    [InlineData(599, WebhookFailure.ReceiverFailed, 3)]
    public async Task SendAsync_Status_EndsAndIsRetriedAsTheTableSays(int status, WebhookFailure failure, int attempts)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(status, headers: "Location: /elsewhere\r\n"));
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(WebhookRequest.Post(server.Url).WithText("x", "text/plain").Build());
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((failure, status, attempts), (result.Failure, result.StatusCode, result.Attempts.Count));
        Assert.Equal(attempts, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal("/", request.Target));
    }

    [Fact]
    public async Task SendAsync_ReceiverFailsTwice_SendsTheSameBytesUnderTheSameIdThreeTimes()
    {
        await using var server = LoopbackServer.Start(503, 500, 200);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        WebhookRequest request = WebhookRequest.Post(server.Url + "/a?b=c")
            .WithIdempotencyKey("Idempotency-Key")
            .WithJson(new Dictionary<string, object?> { ["n"] = 1 })
            .Build();

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(request);
        IReadOnlyList<TimeSpan> delays = await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.True(result.Succeeded);
        Assert.Equal([503, 500, 200], result.Attempts.Select(attempt => attempt.StatusCode!.Value));
        Assert.Equal([1, 2, 3], result.Attempts.Select(attempt => attempt.Number));
        Assert.Equal(delays, result.Attempts.SkipLast(1).Select(attempt => WholeMilliseconds(attempt.NextDelay!.Value)));
        Assert.Null(result.Attempts[^1].NextDelay);
        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, received =>
        {
            Assert.Equal("POST /a?b=c HTTP/1.1", received.RequestLine);
            Assert.Equal(request.Id, received.Header("Idempotency-Key"));
            Assert.Equal("""{"n":1}""", received.Text);
        });
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("30", 30)]
    [InlineData("Sun, 01 Mar 2026 12:00:20 GMT", 20)]
    [InlineData("Sun, 01 Mar 2020 12:00:20 GMT", 0)]
    public async Task SendAsync_RetryAfter_WaitsAsLongAsAsked(string retryAfter, int seconds)
    {
        await using var server = LoopbackServer.StartRaw(
            LoopbackServer.Response(429, headers: $"Retry-After: {retryAfter}\r\n"), LoopbackServer.Response(200));
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(Put(server.Url));
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.True(result.Succeeded);
        Assert.Equal(TimeSpan.FromSeconds(seconds), result.Attempts[0].NextDelay);
    }

    [Theory]
    [InlineData(429, "31", 31)]
    [InlineData(503, "3600", 3_600)]
    [InlineData(503, "99999999999999999999", 86_400)]
    public async Task SendAsync_AskedToWaitTooLong_EndsThrottledAndTellsTheWait(int status, string retryAfter, int seconds)
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(status, headers: $"Retry-After: {retryAfter}\r\n"));
        await using ServiceProvider provider = TestHost.Create();

        WebhookResult result = await provider.Webhooks().SendAsync(Put(server.Url));

        Assert.Equal((WebhookFailure.Throttled, TimeSpan.FromSeconds(seconds)), (result.Failure, result.RetryAfter));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_MaxAttemptsOfOne_DoesNotRetry()
    {
        await using var server = LoopbackServer.Start(503);
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxAttempts = 1);

        WebhookResult result = await provider.Webhooks().SendAsync(Put(server.Url));

        Assert.Equal((WebhookFailure.ReceiverFailed, 1), (result.Failure, result.Attempts.Count));
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task SendAsync_SilentReceiver_IsRetriedOnlyWhenIdempotent(bool idempotent, int attempts)
    {
        var received = new SemaphoreSlim(0);
        await using var server = LoopbackServer.Start(async (_, _, cancellationToken) =>
        {
            received.Release();
            await LoopbackServer.StaySilentAsync(cancellationToken);
        });
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        WebhookRequestBuilder builder = WebhookRequest.Post(server.Url).WithText("x", "text/plain");

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(idempotent ? builder.AsIdempotent().Build() : builder.Build());
        await RunDownAsync();
        WebhookResult result = await sending;

        Assert.Equal((WebhookFailure.TimedOut, null, attempts), (result.Failure, result.StatusCode, result.Attempts.Count));
        Assert.Equal(AttemptTimeout, result.Attempts[0].Duration);
        Assert.Equal(attempts, server.Requests.Count);

        async Task RunDownAsync()
        {
            for (int attempt = 1; attempt <= attempts; attempt++)
            {
                await received.WaitAsync();
                time.Advance(AttemptTimeout);

                if (attempt < attempts)
                {
                    time.Advance(await time.TimerStartedAsync(length => length != AttemptTimeout));
                }
            }
        }
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task SendAsync_ConnectionResetAfterTheRequest_IsRetriedOnlyWhenIdempotent(bool idempotent, int attempts)
    {
        await using var server = LoopbackServer.Start((_, _, _) => throw new IOException());
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        WebhookRequestBuilder builder = WebhookRequest.Post(server.Url).WithText("x", "text/plain");

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(idempotent ? builder.AsIdempotent().Build() : builder.Build());
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((WebhookFailure.ConnectionLost, attempts), (result.Failure, result.Attempts.Count));
        Assert.Equal(attempts, server.Requests.Count);
        Assert.NotNull(result.Attempts[0].Error);
    }

    [Fact]
    public async Task SendAsync_NobodyListens_IsNotReceivedAndRetriedAlthoughNotIdempotent()
    {
        using var nobody = new ClosedPort();
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);
        WebhookRequest request = WebhookRequest.Post(nobody.Url).WithText("x", "text/plain").Build();

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(request);
        await time.RunDownDelaysAsync(sending, except: AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal((WebhookFailure.NotReceived, 3), (result.Failure, result.Attempts.Count));
        Assert.Equal("HttpRequestException: ConnectionError", result.Attempts[0].Error);
    }

    [Fact]
    public async Task SendAsync_NameThatDoesNotResolve_IsNotReceived()
    {
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxAttempts = 1);

        WebhookResult result = await provider.Webhooks().SendAsync(Put("http://nobody.invalid/"));

        Assert.Equal(WebhookFailure.NotReceived, result.Failure);
    }

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://localhost/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://[64:ff9b::a00:1]/")]
    [InlineData("http://[fd00::1]/")]
    public async Task SendAsync_PrivateAddressInAnyNotation_IsBlocked(string url)
    {
        await using ServiceProvider provider = TestHost.Create(options: o => o.AllowLoopback = false);

        WebhookResult result = await provider.Webhooks().SendAsync(Put(url));

        Assert.Equal((WebhookFailure.BlockedAddress, 1), (result.Failure, result.Attempts.Count));
    }

    [Theory]
    [InlineData(8, WebhookFailure.None, 1)]
    [InlineData(9, WebhookFailure.RequestTooLarge, 0)]
    public async Task SendAsync_BodyAtTheLimit_IsSentAndAboveItIsNot(int length, WebhookFailure failure, int requests)
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxRequestBodySize = 8);
        WebhookRequest request = WebhookRequest.Post(server.Url).WithBody(new byte[length], "application/octet-stream").Build();

        WebhookResult result = await provider.Webhooks().SendAsync(request);

        Assert.Equal(failure, result.Failure);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task SendAsync_EndlessBody_IsCutAtTheCap()
    {
        byte[] chunk = Encoding.ASCII.GetBytes(new string('a', 64 * 1024));
        await using var server = LoopbackServer.Start(async (_, stream, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), cancellationToken);

            while (true)
            {
                await stream.WriteAsync(chunk, cancellationToken);
            }
        });
        await using ServiceProvider provider = TestHost.Create();

        WebhookResult result = await provider.Webhooks().SendAsync(Put(server.Url));

        Assert.True(result.Succeeded);
        Assert.Equal(16 * 1024, result.ResponseText!.Length);
    }

    [Fact]
    public async Task SendAsync_CapInTheMiddleOfACharacter_LeavesTheCharacterOut()
    {
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(200, "ab€"));
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxResponseBodySize = 4);

        WebhookResult result = await provider.Webhooks().SendAsync(Put(server.Url));

        Assert.Equal("ab", result.ResponseText);
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "\u00e9!")]
    [InlineData("text/plain; charset=nonsense", "\ufffd!")]
    [InlineData("text/plain; charset=utf-7", "\ufffd!")]
    [InlineData("text/plain; charset=\"\"", "\ufffd!")]
    [InlineData("nonsense", "\ufffd!")]
    public async Task SendAsync_CharsetOfTheAnswer_IsHonouredOrTakenForUtf8(string mediaType, string text)
    {
        await using var server = LoopbackServer.Start((_, stream, cancellationToken) => stream.WriteAsync(
            Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {mediaType}\r\nContent-Length: 2\r\n\r\n\u00e9!"), cancellationToken).AsTask());
        await using ServiceProvider provider = TestHost.Create();

        WebhookResult result = await provider.Webhooks().SendAsync(Put(server.Url));

        Assert.Equal(text, result.ResponseText);
    }

    [Fact]
    public async Task SendAsync_BodyBreaksOffAfterTheStatus_TheStatusDecides()
    {
        await using var server = LoopbackServer.Start(async (_, stream, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab"u8.ToArray(), cancellationToken);
            throw new IOException();
        });
        await using ServiceProvider provider = TestHost.Create();

        WebhookResult result = await provider.Webhooks().SendAsync(Put(server.Url));

        Assert.True(result.Succeeded);
        Assert.NotNull(result.Attempts[0].Error);
    }

    [Fact]
    public async Task SendAsync_CancelledWhileWaitingForAnAnswer_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = LoopbackServer.Start(async (_, _, cancellationToken) =>
        {
            await cancellation.CancelAsync();
            await LoopbackServer.StaySilentAsync(cancellationToken);
        });
        await using ServiceProvider provider = TestHost.Create();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => provider.Webhooks().SendAsync(Put(server.Url), cancellation.Token));

        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task SendAsync_CancelledWhileWaitingToRetry_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = LoopbackServer.Start(503);
        var time = new ManualTimeProvider();
        await using ServiceProvider provider = TestHost.Create(time: time);

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(Put(server.Url), cancellation.Token);
        await time.TimerStartedAsync(length => length != AttemptTimeout);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task SendAsync_CancelledBefore_SendsNothing()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => provider.Webhooks().SendAsync(Put(server.Url), new CancellationToken(canceled: true)));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task SendAsync_OptionsThatChange_AreSeenByTheNextSend()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection([new("MaxAttempts", "1")]).Build();
        await using var server = LoopbackServer.StartRaw(LoopbackServer.Response(503, "no", "Retry-After: 0\r\n"));
        await using ServiceProvider provider = TestHost.Create(builder => builder.Services.AddWebhooks(configuration));

        WebhookResult before = await provider.Webhooks().SendAsync(Put(server.Url));
        configuration["MaxAttempts"] = "4";
        configuration["MaxResponseBodySize"] = "1";
        configuration.Reload();
        WebhookResult after = await provider.Webhooks().SendAsync(Put(server.Url));

        Assert.Equal((1, "no"), (before.Attempts.Count, before.ResponseText));
        Assert.Equal((4, "n"), (after.Attempts.Count, after.ResponseText));
    }

    [Fact]
    public async Task SendAsync_NoAnswerOrOneWithoutABody_IsToldApart()
    {
        await using var server = LoopbackServer.Start(204);
        using var nobody = new ClosedPort();
        await using ServiceProvider provider = TestHost.Create(options: o => o.MaxAttempts = 1);

        WebhookResult answered = await provider.Webhooks().SendAsync(Put(server.Url));
        WebhookResult unanswered = await provider.Webhooks().SendAsync(Put(nobody.Url));

        Assert.Equal("", answered.ResponseText);
        Assert.NotEmpty(answered.ResponseHeaders);
        Assert.Null(unanswered.ResponseText);
        Assert.Empty(unanswered.ResponseHeaders);
    }

    [Fact]
    public async Task SendAsync_NoRequest_ThrowsAtOnce()
    {
        await using ServiceProvider provider = TestHost.Create();
        IWebhookClient webhooks = provider.Webhooks();

        Assert.Throws<ArgumentNullException>("request", () => { _ = webhooks.SendAsync(null!); });
    }

    private static WebhookRequest Put(string url) =>
        WebhookRequest.Put(url).WithJson(new Dictionary<string, string> { ["name"] = "Ada" }).Build();

    // Timers run in whole milliseconds.
    private static TimeSpan WholeMilliseconds(TimeSpan delay) => TimeSpan.FromMilliseconds(Math.Floor(delay.TotalMilliseconds));
}
