using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Xunit.Abstractions;

namespace Webhooks.Sdk.Tests.Http;

/// <summary>The limits of an endpoint: how many attempts at once, and how often.</summary>
public sealed class PacingTests(ITestOutputHelper output)
{
    private readonly ManualTimeProvider _time = new();

    private static WebhookEvent Paid { get; } = WebhookEvent.For("invoice.paid").WithJson("1"u8).Build();

    [Fact]
    public async Task SendAsync_MoreThanMaxConcurrency_TheOthersWait()
    {
        await using var server = new HeldServer();
        await using ServiceProvider provider = TestHost.Create(time: _time);
        var endpoint = new WebhookEndpoint(server.Url) { Limits = new WebhookLimits { MaxConcurrency = 2 } };

        Task<WebhookResult>[] sending = [.. Enumerable.Range(0, 5).Select(_ => provider.Webhooks().SendAsync(endpoint, Paid))];
        await server.ArrivedAsync(2);
        server.Release();
        WebhookResult[] results = await Task.WhenAll(sending);

        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Equal((5, 2), (server.Count, server.MostHeld));
    }

    [Fact]
    public async Task SendAsync_NoLimits_NobodyWaits()
    {
        await using var server = new HeldServer();
        await using ServiceProvider provider = TestHost.Create(time: _time);
        var endpoint = new WebhookEndpoint(server.Url);

        Task<WebhookResult>[] sending = [.. Enumerable.Range(0, 5).Select(_ => provider.Webhooks().SendAsync(endpoint, Paid))];
        await server.ArrivedAsync(5);
        server.Release();
        await Task.WhenAll(sending);

        Assert.Equal(5, server.MostHeld);
    }

    [Fact]
    public async Task SendAsync_NoTurnWithinMaxWait_IsPacedAndSendsNothing()
    {
        await using var server = new HeldServer();
        await using ServiceProvider provider = TestHost.Create(time: _time);
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Limits = new WebhookLimits { MaxConcurrency = 1, MaxWait = TimeSpan.FromSeconds(7), AttemptTimeout = TimeSpan.FromMinutes(9) },
        };
        Task<WebhookResult> first = provider.Webhooks().SendAsync(endpoint, Paid);
        await server.ArrivedAsync(1);

        Task<WebhookResult> second = provider.Webhooks().SendAsync(endpoint, Paid);
        _time.Advance(TimeSpan.FromSeconds(7) - TimeSpan.FromTicks(1));
        bool endedEarly = second.IsCompleted;
        _time.Advance(TimeSpan.FromTicks(1));
        WebhookResult paced = await second;
        server.Release();

        Assert.False(endedEarly);
        Assert.Equal((WebhookFailure.Paced, null, 1), (paced.Failure, paced.RetryAfter, paced.Attempts.Count));
        Assert.True((await first).Succeeded);
        Assert.Equal(1, server.Count);
    }

    [Fact]
    public async Task SendAsync_MaxWaitOfZero_IsPacedAtOnceWithTheTimeOfTheNextTurn()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(time: _time);
        var endpoint = new WebhookEndpoint(server.Url) { Limits = new WebhookLimits { Rate = WebhookRate.PerMinute(6), MaxWait = TimeSpan.Zero } };
        await provider.Webhooks().SendAsync(endpoint, Paid);
        _time.Advance(TimeSpan.FromSeconds(3));

        WebhookResult paced = await provider.Webhooks().SendAsync(endpoint, Paid);

        Assert.Equal((WebhookFailure.Paced, TimeSpan.FromSeconds(7)), (paced.Failure, paced.RetryAfter));
        Assert.Single(server.Requests);
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.True((await provider.Webhooks().SendAsync(endpoint, Paid)).Succeeded);
    }

    [Fact]
    public async Task SendAsync_Rate_SpacesAttemptsAndTheWaitIsNoPartOfTheTimeout()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(time: _time);
        var endpoint = new WebhookEndpoint(server.Url)
        {
            Limits = new WebhookLimits { Rate = WebhookRate.PerMinute(3), AttemptTimeout = TimeSpan.FromMilliseconds(100) },
        };
        Assert.True((await provider.Webhooks().SendAsync(endpoint, Paid)).Succeeded);

        Task<WebhookResult> second = provider.Webhooks().SendAsync(endpoint, Paid);
        IReadOnlyList<TimeSpan> waits = await _time.RunDownDelaysAsync(second, except: TimeSpan.FromMilliseconds(100));

        Assert.True((await second).Succeeded);
        Assert.Equal([TimeSpan.FromSeconds(20)], waits.Where(wait => wait != TimeSpan.Zero));
    }

    [Fact]
    public async Task SendAsync_CancelledWhileItWaits_ThrowsAndGivesTheTurnBack()
    {
        await using var server = LoopbackServer.Start(200);
        await using ServiceProvider provider = TestHost.Create(time: _time);
        var endpoint = new WebhookEndpoint(server.Url) { Limits = new WebhookLimits { MaxConcurrency = 1, Rate = WebhookRate.PerMinute(6) } };
        await provider.Webhooks().SendAsync(endpoint, Paid);
        using var cancellation = new CancellationTokenSource();

        Task<WebhookResult> waiting = provider.Webhooks().SendAsync(endpoint, Paid, cancellation.Token);
        await cancellation.CancelAsync();
        var thrown = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(cancellation.Token, thrown.CancellationToken);
        Assert.True((await provider.Webhooks().SendAsync(endpoint, Paid)).Succeeded);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task SendAsync_CancelledInTheQueue_ThrowsAndLeavesIt()
    {
        await using var server = new HeldServer();
        await using ServiceProvider provider = TestHost.Create(time: _time);
        var endpoint = new WebhookEndpoint(server.Url) { Limits = new WebhookLimits { MaxConcurrency = 1 } };
        Task<WebhookResult> first = provider.Webhooks().SendAsync(endpoint, Paid);
        await server.ArrivedAsync(1);
        using var cancellation = new CancellationTokenSource();

        Task<WebhookResult> second = provider.Webhooks().SendAsync(endpoint, Paid, cancellation.Token);
        Task<WebhookResult> third = provider.Webhooks().SendAsync(endpoint, Paid);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        server.Release();

        Assert.True((await first).Succeeded);
        Assert.True((await third).Succeeded);
        Assert.Equal(2, server.Count);
    }

    [Fact]
    public async Task SendAsync_EndpointRegisteredByName_SharesItsLimitsWhoeverSendsAndWhateverChanges()
    {
        await using var server = LoopbackServer.Start(200);
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Url"] = server.Url,
                ["Rate:Attempts"] = "2",
                ["Rate:Period"] = "00:01:00",
                ["MaxWait"] = "00:00:00",
            })
            .Build();
        await using ServiceProvider provider = TestHost.Create(webhooks => webhooks.AddEndpoint("acme", configuration), time: _time);
        IWebhookEndpoints endpoints = provider.GetRequiredService<IWebhookEndpoints>();
        Assert.True((await provider.Webhooks().SendAsync(endpoints.Get("acme"), Paid)).Succeeded);

        // Another instance of the same name.
        configuration["Headers:X-A"] = "1";
        configuration.Reload();
        WebhookResult paced = await provider.Webhooks().SendAsync(endpoints.Get("acme"), Paid);

        Assert.Equal((WebhookFailure.Paced, TimeSpan.FromSeconds(30)), (paced.Failure, paced.RetryAfter));
        configuration["Rate:Burst"] = "2";
        configuration.Reload();
        Assert.True((await provider.Webhooks().SendAsync(endpoints.Get("acme"), Paid)).Succeeded);
    }

    [Fact]
    public async Task SendAsync_SilentNeighbour_DoesNotTouchTheHealthyEndpoint()
    {
        const int Sends = 300;
        await using var healthyServer = LoopbackServer.Start(200);
        await using var silentServer = new HeldServer();
        await using ServiceProvider provider = TestHost.Create();
        WebhookEndpoint healthy = Limited(healthyServer.Url);
        WebhookEndpoint silent = Limited(silentServer.Url);
        await MeasureAsync(healthy, 50);

        double alone = await MeasureAsync(healthy, Sends);
        Task<WebhookResult>[] held = [.. Enumerable.Range(0, 500).Select(_ => provider.Webhooks().SendAsync(silent, Paid))];
        await silentServer.ArrivedAsync(4);
        double beside = await MeasureAsync(healthy, Sends);
        bool nobodyPassed = held.All(send => !send.IsCompleted);
        silentServer.Release();
        await Task.WhenAll(held);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p99 of the healthy endpoint: {alone:F2} ms alone, {beside:F2} ms beside a silent one with 500 sends"));
        Assert.True(nobodyPassed);
        Assert.Equal(4, silentServer.MostHeld);
        Assert.Equal(50 + Sends + Sends, healthyServer.Requests.Count);

        static WebhookEndpoint Limited(string url) => new(url)
        {
            Limits = new WebhookLimits { MaxConcurrency = 4, AttemptTimeout = TimeSpan.FromMinutes(1), MaxWait = TimeSpan.FromMinutes(5) },
        };

        async Task<double> MeasureAsync(WebhookEndpoint endpoint, int sends)
        {
            var times = new List<double>();

            for (int i = 0; i < sends; i++)
            {
                long started = Stopwatch.GetTimestamp();
                Assert.True((await provider.Webhooks().SendAsync(endpoint, Paid)).Succeeded);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return times.Order().ElementAt((int)(0.99 * sends));
        }
    }
}
