using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>An endpoint that keeps failing is left alone, and no other.</summary>
public sealed class CircuitBreakerTests : IAsyncDisposable
{
    private static readonly WebhookLimits Breaking =
        new() { CircuitBreaker = new WebhookCircuitBreaker { MinimumThroughput = 4, BreakDuration = TimeSpan.FromSeconds(20) } };

    private readonly ManualTimeProvider _time = new();
    private readonly ServiceProvider _provider;

    public CircuitBreakerTests()
    {
        _provider = TestHost.Create(options: options => options.MaxAttempts = 1, time: _time);
    }

    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithJson("1"u8).Build();

    [Theory]
    [InlineData(503, true)]
    [InlineData(500, true)]
    [InlineData(0, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(410, false)]
    [InlineData(429, false)]
    [InlineData(302, false)]
    [InlineData(200, false)]
    public async Task SendAsync_KeepsFailing_OpensForFaultsOfTheReceiverOnly(int status, bool opens)
    {
        using var closed = new ClosedPort();
        await using var server = LoopbackServer.Start(status);
        var endpoint = new WebhookEndpoint(status == 0 ? closed.Url : server.Url) { Limits = Breaking };

        WebhookFailure[] failures = await SendAsync(endpoint, 5);

        Assert.DoesNotContain(WebhookFailure.CircuitOpen, failures[..4]);
        Assert.Equal(opens, failures[4] == WebhookFailure.CircuitOpen);
        Assert.Equal(status == 0 ? 0 : opens ? 4 : 5, server.Requests.Count);
    }

    [Fact]
    public async Task SendAsync_TimedOut_Opens()
    {
        await using var server = LoopbackServer.Start((_, _, cancellationToken) => LoopbackServer.StaySilentAsync(cancellationToken));
        var endpoint = new WebhookEndpoint(server.Url) { Limits = Breaking };
        TimeSpan timeout = new WebhookOptions().AttemptTimeout;

        for (int i = 0; i < 4; i++)
        {
            Task<WebhookResult> sending = _provider.Webhooks().SendAsync(endpoint, Paid);
            await _time.TimerStartedAsync(length => length == timeout);
            _time.Advance(TimeSpan.FromSeconds(5));
            _time.Advance(timeout);
            await sending;
        }

        // Four time-outs of 20 seconds: only the last two are still within the 30 seconds that count.
        Assert.NotEqual(WebhookFailure.CircuitOpen, (await FirstOfAsync(endpoint, timeout)).Failure);
        var patient = new WebhookEndpoint(server.Url) { Limits = new WebhookLimits { CircuitBreaker = new() { MinimumThroughput = 2, SamplingDuration = TimeSpan.FromMinutes(5) } } };
        await FirstOfAsync(patient, timeout);
        await FirstOfAsync(patient, timeout);
        Assert.Equal(WebhookFailure.CircuitOpen, (await _provider.Webhooks().SendAsync(patient, Paid)).Failure);
    }

    [Fact]
    public async Task SendAsync_Open_SaysForHowLongAndLetsOneThroughAfterwards()
    {
        int status = 503;
        using var gate = new SemaphoreSlim(0);
        await using var server = LoopbackServer.Start(async (_, stream, cancellationToken) =>
        {
            if (status == 200)
            {
                await gate.WaitAsync(cancellationToken);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Response(status)), cancellationToken);
        });
        var endpoint = new WebhookEndpoint(server.Url) { Limits = Breaking };
        await SendAsync(endpoint, 4);
        _time.Advance(TimeSpan.FromSeconds(5));

        WebhookResult open = await _provider.Webhooks().SendAsync(endpoint, Paid);
        _time.Advance(TimeSpan.FromSeconds(15));
        status = 200;
        Task<WebhookResult> probe = _provider.Webhooks().SendAsync(endpoint, Paid);
        WebhookResult beside = await _provider.Webhooks().SendAsync(endpoint, Paid);
        gate.Release(10);
        WebhookResult probed = await probe;
        WebhookResult after = await _provider.Webhooks().SendAsync(endpoint, Paid);

        Assert.Equal((WebhookFailure.CircuitOpen, TimeSpan.FromSeconds(15), 1), (open.Failure, open.RetryAfter, open.Attempts.Count));
        Assert.Equal(WebhookFailure.CircuitOpen, beside.Failure);
        Assert.True(probed.Succeeded);
        Assert.True(after.Succeeded);
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task SendAsync_ProbeThatShowsNothing_LeavesTheReceiverAloneAgain(int status)
    {
        await using var server = LoopbackServer.Start((request, stream, cancellationToken) => request.Header("X-Silent") is null
            ? stream.WriteAsync(Encoding.ASCII.GetBytes(LoopbackServer.Response(503)), cancellationToken).AsTask()
            : LoopbackServer.StaySilentAsync(cancellationToken));
        var endpoint = new WebhookEndpoint(server.Url) { Limits = Breaking };
        await SendAsync(endpoint, 4);
        _time.Advance(TimeSpan.FromSeconds(20));

        if (status == 0)
        {
            // The caller loses patience: that says nothing of the receiver.
            using var cancellation = new CancellationTokenSource();
            Task<WebhookResult> probe = _provider.Webhooks().SendAsync(
                WebhookRequest.Post(server.Url).WithHeader("X-Silent", "1").WithEndpoint(endpoint).Build(), cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
        }
        else
        {
            Assert.Equal(WebhookFailure.ReceiverFailed, (await _provider.Webhooks().SendAsync(endpoint, Paid)).Failure);
        }

        WebhookResult open = await _provider.Webhooks().SendAsync(endpoint, Paid);

        Assert.Equal((WebhookFailure.CircuitOpen, TimeSpan.FromSeconds(20)), (open.Failure, open.RetryAfter));
    }

    [Fact]
    public async Task SendAsync_OneEndpointOpen_AnotherOfTheSameHostIsCalled()
    {
        await using var server = LoopbackServer.Start(503);
        var one = new WebhookEndpoint(server.Url) { Limits = Breaking };
        var other = new WebhookEndpoint(server.Url) { Limits = Breaking };

        WebhookFailure[] failures = await SendAsync(one, 5);

        Assert.Equal(WebhookFailure.CircuitOpen, failures[4]);
        Assert.Equal(WebhookFailure.ReceiverFailed, (await _provider.Webhooks().SendAsync(other, Paid)).Failure);
    }

    [Fact]
    public async Task SendAsync_NoBreaker_IsNeverOpen()
    {
        await using var server = LoopbackServer.Start(503);

        WebhookFailure[] failures = await SendAsync(new WebhookEndpoint(server.Url), 50);

        Assert.DoesNotContain(WebhookFailure.CircuitOpen, failures);
    }

    [Fact]
    public async Task SendAsync_OpensBetweenAttempts_EndsTheSend()
    {
        await using var server = LoopbackServer.Start(503);
        await using ServiceProvider provider = TestHost.Create(options: options => options.MaxAttempts = 10, time: _time);
        var endpoint = new WebhookEndpoint(server.Url) { Limits = Breaking };

        Task<WebhookResult> sending = provider.Webhooks().SendAsync(endpoint, Paid);
        await _time.RunDownDelaysAsync(sending, except: new WebhookOptions().AttemptTimeout);
        WebhookResult result = await sending;

        Assert.Equal(WebhookFailure.CircuitOpen, result.Failure);
        Assert.InRange(result.Attempts.Count, 5, 9);
        Assert.Equal(result.Attempts.Count - 1, server.Requests.Count);
    }

    [Theory]
    [InlineData("Enabled", "false", 0, 0)]
    [InlineData("FailureRatio", "0.5", 1, 20)]
    [InlineData("FailureRatio", "0.9", 0, 0)]
    [InlineData("MinimumThroughput", "8", 0, 0)]
    [InlineData("BreakDuration", "00:00:50", 1, 50)]
    public async Task AddEndpoint_OptionsOfTheBreaker_EachCounts(string option, string value, int opens, int seconds)
    {
        // Half of them fail.
        await using var server = LoopbackServer.Start(200, 503, 200, 503, 503);
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Url"] = server.Url,
                ["CircuitBreaker:Enabled"] = "true",
                ["CircuitBreaker:MinimumThroughput"] = "4",
                ["CircuitBreaker:BreakDuration"] = "00:00:20",
                [$"CircuitBreaker:{option}"] = value,
            })
            .Build();
        await using ServiceProvider provider =
            TestHost.Create(webhooks => webhooks.AddEndpoint("acme", configuration), options => options.MaxAttempts = 1, _time);
        WebhookEndpoint acme = provider.GetRequiredService<IWebhookEndpoints>().Get("acme");
        var results = new List<WebhookResult>();

        for (int i = 0; i < 5; i++)
        {
            results.Add(await provider.Webhooks().SendAsync(acme, Paid));

            // The breaker lasts over options that are loaded anew with the same settings.
            configuration.Reload();
        }

        WebhookResult[] open = [.. results.Where(result => result.Failure == WebhookFailure.CircuitOpen)];
        Assert.Equal(opens, open.Length);
        Assert.All(open, result => Assert.Equal(TimeSpan.FromSeconds(seconds), result.RetryAfter));
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private async Task<WebhookFailure[]> SendAsync(WebhookEndpoint endpoint, int times)
    {
        var failures = new List<WebhookFailure>();

        for (int i = 0; i < times; i++)
        {
            failures.Add((await _provider.Webhooks().SendAsync(endpoint, Paid)).Failure);
        }

        return [.. failures];
    }

    private async Task<WebhookResult> FirstOfAsync(WebhookEndpoint endpoint, TimeSpan timeout)
    {
        Task<WebhookResult> sending = _provider.Webhooks().SendAsync(endpoint, Paid);
        await _time.TimerStartedAsync(length => length == timeout);
        _time.Advance(timeout);
        return await sending;
    }
}
