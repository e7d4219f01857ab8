using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Webhooks.Sdk.Http;
using Xunit;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>How long an endpoint's limits are remembered, and what a dispatcher asks of them.</summary>
public sealed class EndpointLanesTests
{
    private static readonly WebhookLimits AllLimits =
        new() { MaxConcurrency = 1, Rate = WebhookRate.PerMinute(1), MaxWait = TimeSpan.Zero, CircuitBreaker = new WebhookCircuitBreaker() };

    private readonly ManualTimeProvider _time = new();
    private readonly EndpointLanes _lanes;

    public EndpointLanesTests()
    {
        _lanes = new EndpointLanes(_time, NullLogger<EndpointLanes>.Instance);
    }

    [Fact]
    public void TryEnter_ThousandsOfEndpointsInTurn_KeepsFewOfThem()
    {
        for (int i = 0; i < 10_000; i++)
        {
            _lanes.TryEnter(Endpoint()).Place!.Dispose();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(_lanes.Count, 1, 64);
    }

    [Fact]
    public void TryEnter_LanesThatStillCount_AreKept()
    {
        var endpoints = new List<WebhookEndpoint>();

        for (int i = 0; i < 1000; i++)
        {
            endpoints.Add(Endpoint());
            _lanes.TryEnter(endpoints[i]).Place!.Dispose();
        }

        Assert.Equal(1000, _lanes.Count);
        Assert.All(endpoints, endpoint => Assert.Equal(WebhookFailure.Paced, _lanes.TryEnter(endpoint).Failure));

        // A minute later nothing of it counts any more, and newcomers make room.
        _time.Advance(TimeSpan.FromMinutes(1));

        for (int i = 0; i < 1100; i++)
        {
            _lanes.TryEnter(Endpoint()).Place!.Dispose();
        }

        Assert.InRange(_lanes.Count, 1, 1200);
    }

    [Fact]
    public async Task TryEnter_LaneInUse_IsNotForgotten()
    {
        var endpoint = new WebhookEndpoint("https://busy.example") { Limits = new WebhookLimits { MaxConcurrency = 1, MaxWait = TimeSpan.Zero } };
        using LanePlace place = _lanes.TryEnter(endpoint).Place!;

        for (int i = 0; i < 1000; i++)
        {
            _lanes.TryEnter(Endpoint()).Place!.Dispose();
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(WebhookFailure.Paced, (await _lanes.EnterAsync(endpoint, CancellationToken.None)).Failure);
        Assert.Equal(WebhookFailure.Paced, _lanes.TryEnter(endpoint).Failure);
    }

    [Fact]
    public async Task TryEnter_FromManyThreads_NeverLetsMoreThroughThanOne()
    {
        WebhookEndpoint[] endpoints =
        [
            .. Enumerable.Range(0, 8).Select(_ =>
                new WebhookEndpoint("https://many.example") { Limits = new WebhookLimits { MaxConcurrency = 1, MaxWait = TimeSpan.Zero } }),
        ];
        int[] inside = new int[endpoints.Length];
        int overrun = 0;

        await Parallel.ForAsync(0, 20_000, (i, _) =>
        {
            int which = i % endpoints.Length;

            // Strangers come all the time, so that lanes are retired while others ask for them.
            _lanes.TryEnter(new WebhookEndpoint("https://stranger.example") { Limits = endpoints[0].Limits }).Place!.Dispose();

            if (_lanes.TryEnter(endpoints[which]).Place is { } place)
            {
                overrun += Interlocked.Increment(ref inside[which]) > 1 ? 1 : 0;
                Thread.Yield();
                Interlocked.Decrement(ref inside[which]);
                place.Dispose();
            }

            return default;
        });

        Assert.Equal(0, overrun);
        Assert.InRange(_lanes.Count, 1, 200);
    }

    [Fact]
    public async Task SendAsync_WithAPlace_SendsAndGivesItBack()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(time: _time);
        var endpoint = new WebhookEndpoint(server.Url) { Limits = new WebhookLimits { MaxConcurrency = 1 } };
        WebhookRequest request = endpoint.Compose(WebhookEvent.For("invoice.paid").WithJson("1"u8).Build());
        EndpointLanes lanes = provider.GetRequiredService<EndpointLanes>();
        AttemptSender sender = provider.GetRequiredService<AttemptSender>();

        Admission first = lanes.TryEnter(endpoint);
        Admission second = lanes.TryEnter(endpoint);
        AttemptOutcome withheld = await sender.SendAsync(request, endpoint, new WebhookOptions(), 1, second, CancellationToken.None);
        int sentWithout = server.Requests.Count;
        AttemptOutcome sent = await sender.SendAsync(request, endpoint, new WebhookOptions(), 1, first, CancellationToken.None);

        Assert.Equal((WebhookFailure.Paced, false, 0), (withheld.Attempt.Failure, withheld.MayRetry, sentWithout));
        Assert.Equal(WebhookFailure.None, sent.Attempt.Failure);
        using LanePlace place = Assert.IsType<LanePlace>(lanes.TryEnter(endpoint).Place);
    }

    [Fact]
    public void TryEnter_NoLimits_IsAlwaysGrantedAndRemembersNothing()
    {
        var endpoint = new WebhookEndpoint("https://free.example");

        for (int i = 0; i < 100; i++)
        {
            Assert.NotNull(_lanes.TryEnter(endpoint).Place);
        }

        Assert.Equal(0, _lanes.Count);
    }

    [Fact]
    public async Task SendAsync_ReceiversThatFailAndAreNeverCalledAgain_AreForgotten()
    {
        await using var server = LoopbackServer.Start(503);
        await using ServiceProvider provider = TestHost.Create(options: options => options.MaxAttempts = 1, time: _time);
        EndpointLanes lanes = provider.GetRequiredService<EndpointLanes>();
        List<WeakReference> endpoints = [];

        for (int i = 0; i < 150; i++)
        {
            endpoints.Add(await OpenCircuitAsync(provider, server.Url));
        }

        int open = lanes.Count;
        _time.Advance(TimeSpan.FromMinutes(2));

        for (int i = 0; i < 300; i++)
        {
            lanes.TryEnter(Endpoint()).Place!.Dispose();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.Equal(150, open);
        Assert.InRange(endpoints.Count(endpoint => endpoint.IsAlive), 0, 5);
    }

    private static async Task<WeakReference> OpenCircuitAsync(ServiceProvider provider, string url)
    {
        var endpoint = new WebhookEndpoint(url) { Limits = new WebhookLimits { CircuitBreaker = new() { MinimumThroughput = 2 } } };
        WebhookRequest request = WebhookRequest.Post(url).WithEndpoint(endpoint).Build();
        await provider.Webhooks().SendAsync(request);
        await provider.Webhooks().SendAsync(request);
        Assert.Equal(WebhookFailure.CircuitOpen, (await provider.Webhooks().SendAsync(request)).Failure);

        return new WeakReference(endpoint);
    }

    private static WebhookEndpoint Endpoint() => new("https://one-of-many.example") { Limits = AllLimits };
}
